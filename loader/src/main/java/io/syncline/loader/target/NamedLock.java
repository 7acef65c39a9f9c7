package io.syncline.loader.target;

import io.syncline.common.row.RowDigest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HexFormat;

/** A lock of the target server's, by which loaders take turns at one table. */
public final class NamedLock implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final Connection connection;
    private final String name;

    /** @throws SQLTransientException where another session holds it for too long */
    public NamedLock(Connection connection, String what) throws SQLException {
        this.connection = connection;
        byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
        this.name = "syncline-"
                + HexFormat.of().formatHex(RowDigest.of(bytes, 0, bytes.length).toBytes());
        if (!ask("SELECT GET_LOCK(?, " + PATIENCE_SECONDS + ")")) {
            throw new SQLTransientException(
                    "another session has kept " + what + " locked for " + PATIENCE_SECONDS + " s");
        }
    }

    private boolean ask(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        ask("SELECT RELEASE_LOCK(?)");
    }
}
