package io.syncline.loader.write;

import com.mysql.cj.result.Row;
import io.syncline.common.mysql.Database;
import io.syncline.common.row.RowEncoder;
import io.syncline.common.row.RowSchema;
import io.syncline.loader.target.TargetTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row costs the codec, from the driver's bytes to an event and from an event to what the target is sent. */
@NullUnmarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RowCodecBenchmark {

    private static final int PAGE = 1_000;

    @Param
    BenchmarkTable table;

    private Database database;
    private Connection connection;
    private RowEncoder encoder;
    private List<Row> page;
    private List<RowEvent> events;
    private RowSource source;
    private final byte[] sent = new byte[1 << 20];

    @Setup
    public void read() throws SQLException {
        database = BenchmarkTable.database(Database.Use.WRITE);
        connection = database.connect();
        RowSchema schema = table.create(connection, PAGE);
        encoder = BenchmarkTable.encoder(schema);
        page = BenchmarkTable.rows(connection, schema);
        events = BenchmarkTable.events(page, schema);
        source = new RowSource(new TargetTables(database, id -> "target_" + id.table(), (connection, source) -> false)
                .prepare(schema));
    }

    @TearDown
    public void close() throws SQLException {
        connection.close();
        database.close();
    }

    /** Into the encoder's own buffers: nothing should be allocated. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void encode(Blackhole blackhole) {
        for (Row row : page) {
            encoder.encode(row);
            blackhole.consume(encoder);
        }
    }

    /** With the copies of the bytes that become the record, and the digest by which a row is known again. */
    @Benchmark
    @OperationsPerInvocation(PAGE)
    public void encodeToRecord(Blackhole blackhole) {
        for (Row row : page) {
            encoder.encode(row);
            blackhole.consume(encoder.key());
            blackhole.consume(encoder.value());
            blackhole.consume(encoder.digest());
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAGE)
    public long decodeToFile() {
        LoadDataStream file = new LoadDataStream(source, events);
        long bytes = 0;
        for (int read = 0; read >= 0; read = file.read(sent, 0, sent.length)) {
            bytes += read;
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(PAGE)
    public Object decodeToStatement() {
        StringBuilder sql = new StringBuilder();
        LiteralSink sink = new LiteralSink(sql);
        for (RowEvent event : events) {
            sink.beginRow();
            source.values(event, sink);
        }
        return sql;
    }
}
