package io.syncline.systemtests.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A running MySQL or MariaDB server and a user with every privilege there. */
public record DatabaseServer(String host, int port, String user, String password) {

    /** A new session without a database, as lenient as a server can be, so that tests may store the oddest values. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("characterEncoding", "UTF-8");
        properties.setProperty("jdbcCompliantTruncation", "false");
        properties.setProperty("sessionVariables", "sql_mode='',max_sort_length=8192");
        return DriverManager.getConnection("jdbc:mysql://" + host + ":" + port + "/", properties);
    }
}
