package io.syncline.loader.write;

import io.syncline.common.mysql.Database;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.target.TargetTable;
import io.syncline.loader.target.TargetTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One batch of new orders into an empty table and its commit, by each way of writing, whatever the loader would choose. */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 3, time = 2)
public class WritePathBenchmark {

    /** The last is for tables with an index that the others would not see. */
    public enum Way {
        LOAD_DATA,
        INSERT,
        UNIQUE;

        private RowWriter into(TargetTable table) {
            return switch (this) {
                case LOAD_DATA -> new LoadDataWriter(table, () -> {});
                case INSERT -> new InsertWriter(table);
                case UNIQUE -> new UniqueWriter(table);
            };
        }

        private String index() {
            return this == UNIQUE ? ", ADD UNIQUE (customer_id, id)" : "";
        }
    }

    @Param
    Way way;

    @Param({"100", "1000", "10000"})
    int rows;

    private Database database;
    private Connection connection;
    private TargetTable target;
    private RowWriter writer;
    private List<RowEvent> batch;

    @Setup
    public void prepare() throws SQLException {
        database = BenchmarkTable.database(Database.Use.WRITE);
        connection = database.connect();
        RowSchema schema = BenchmarkTable.ORDERS.create(connection, rows);
        batch = BenchmarkTable.events(BenchmarkTable.rows(connection, schema), schema);
        TargetTables targets =
                new TargetTables(database, id -> "target_" + way + "_" + id.table(), (connection, source) -> false);
        target = targets.prepare(schema);
        execute("ALTER TABLE " + target.quoted() + " ADD KEY (changed_at)" + way.index());
        targets.forget(target.name());
        target = targets.prepare(schema);
        writer = way.into(target);
        connection.setAutoCommit(false);
    }

    /** Not measured: JMH leaves out what is done before each call. */
    @Setup(Level.Invocation)
    public void empty() throws SQLException {
        execute("TRUNCATE TABLE " + target.quoted());
    }

    @TearDown
    public void close() throws SQLException {
        connection.setAutoCommit(true);
        requireRows();
        execute("DROP TABLE " + target.quoted());
        connection.close();
        database.close();
    }

    /** A batch that is not there counts for nothing. */
    private void requireRows() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + target.quoted())) {
            count.next();
            if (count.getInt(1) != rows) {
                throw new IllegalStateException(count.getInt(1) + " rows in " + target.quoted());
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Benchmark
    public void write() throws SQLException {
        writer.write(connection, batch);
        connection.commit();
    }
}
