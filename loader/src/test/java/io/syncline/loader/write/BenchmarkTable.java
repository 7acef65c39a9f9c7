package io.syncline.loader.write;

import com.mysql.cj.protocol.a.result.NativeResultset;
import com.mysql.cj.result.Row;
import com.mysql.cj.result.RowList;
import io.syncline.common.config.DatabaseSettings;
import io.syncline.common.config.Environment;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.TableId;
import io.syncline.common.model.TableSchema;
import io.syncline.common.model.TargetRules;
import io.syncline.common.mysql.Database;
import io.syncline.common.mysql.Quoted;
import io.syncline.common.mysql.SelectedColumns;
import io.syncline.common.mysql.TableDescriber;
import io.syncline.common.mysql.TableDescription;
import io.syncline.common.row.RowEncoder;
import io.syncline.common.row.RowSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A table for benchmarks, in the database that the loader's own variables name: {@code TARGET_DB_HOST} and so on. */
public enum BenchmarkTable {
    /** As the bench's, about 200 bytes a row. */
    ORDERS("""
            customer_id INT NOT NULL, status VARCHAR(12) NOT NULL, amount DECIMAL(12,2) NOT NULL, currency CHAR(3) NOT NULL,
            paid TINYINT NOT NULL, note VARCHAR(200) NULL, created_at DATETIME NOT NULL, changed_at DATETIME(6) NOT NULL""", """
            id * 7919 % 50021, ELT(1 + id % 4, 'open', 'paid', 'shipped', 'returned'), id % 1000003 / 100, 'EUR',
            id % 2, CONCAT('order ', SHA2(id, 256), ' ', LEFT(SHA2(id, 224), 32)), '2026-01-01' + INTERVAL id SECOND,
            TIMESTAMP '2026-02-01 00:00:00' + INTERVAL id MICROSECOND"""),
    BIGINT("BIGINT NOT NULL", "id * 7919"),
    DECIMAL("DECIMAL(20,4) NOT NULL", "id * 7919 / 10000"),
    DOUBLE("DOUBLE NOT NULL", "id / 7"),
    DATETIME("DATETIME(6) NOT NULL", "TIMESTAMP '2026-02-01 00:00:00' + INTERVAL id * 7919 MICROSECOND"),
    VARCHAR("VARCHAR(40) NOT NULL", "LEFT(SHA2(id, 256), 40)"),
    VARBINARY("VARBINARY(40) NOT NULL", "UNHEX(SHA2(id, 256))"),
    JSON("JSON NOT NULL", "JSON_OBJECT('id', id, 'name', LEFT(SHA2(id, 256), 16))");

    private static final int SAME_COLUMNS = 8;

    private final String columns;
    private final String values;

    BenchmarkTable(String columns, String values) {
        this.columns = columns;
        this.values = values;
    }

    static Database database(Database.Use use) {
        Environment environment = Environment.read(System.getenv(), Path.of("."));
        DatabaseSettings settings = DatabaseSettings.read(environment, "TARGET_DB");
        environment.faults().throwIfAny();
        return new Database(settings, use, 2);
    }

    /** Makes the table, with so many rows. */
    RowSchema create(Connection connection, int rows) throws SQLException {
        String table = "source_" + name().toLowerCase(Locale.ROOT);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + table);
            statement.execute("CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY, " + columns() + ")");
            statement.execute("SET SESSION cte_max_recursion_depth = 4294967295");
            statement.execute(
                    "INSERT INTO " + table + " WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n"
                            + " WHERE id < " + rows + ") SELECT id, " + expressions() + " FROM n");
        }
        TableDescription description = TableDescriber.describe(connection, connection.getCatalog(), table)
                .orElseThrow();
        return RowSchema.of(new TableSchema(
                new TableId(connection.getCatalog(), table),
                1,
                description.columns(),
                List.of("id"),
                null,
                description.statement().indexes(),
                List.of(),
                description.statement().options(),
                description.server(),
                TargetRules.DEFAULT));
    }

    /** Several columns of one type, so that they outweigh the key. */
    private String columns() {
        return this == ORDERS
                ? columns
                : IntStream.range(0, SAME_COLUMNS)
                        .mapToObj(number -> "c" + number + " " + columns)
                        .collect(Collectors.joining(", "));
    }

    private String expressions() {
        return this == ORDERS ? values : String.join(", ", Collections.nCopies(SAME_COLUMNS, values));
    }

    /** All rows as the driver holds them, which stay valid as long as the connection. */
    static List<Row> rows(Connection connection, RowSchema schema) throws SQLException {
        String from = Quoted.name(schema.table().id().table());
        PreparedStatement statement = connection.prepareStatement("SELECT "
                + SelectedColumns.of(schema.table(), from, column -> true) + " FROM " + from + " ORDER BY id");
        RowList list = statement.executeQuery().unwrap(NativeResultset.class).getRows();
        List<Row> rows = new ArrayList<>();
        while (list.hasNext()) {
            rows.add(list.next());
        }
        return rows;
    }

    static RowEncoder encoder(RowSchema schema) {
        return new RowEncoder(schema, LoadId.next(Instant.now()), null);
    }

    /** The rows as a loader gets them. */
    static List<RowEvent> events(List<Row> rows, RowSchema schema) {
        RowEncoder encoder = encoder(schema);
        List<RowEvent> events = new ArrayList<>();
        for (Row row : rows) {
            encoder.encode(row);
            events.add(new RowEvent(new ConsumerRecord<>("rows", 0, events.size(), encoder.key(), encoder.value())));
        }
        return events;
    }
}
