package io.syncline.common.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.LoadId;
import io.syncline.common.model.SampleTable;
import io.syncline.common.row.FakeRow.Cell;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RowCodecTest {

    /**
     * @param sunk what the decoder hands over
     * @param avro what the Avro library reads
     */
    record Case(ColumnKind kind, int precision, int scale, Cell cell, String sunk, Object avro) {

        Case(ColumnKind kind, Cell cell, String sunk, Object avro) {
            this(kind, 0, 0, cell, sunk, avro);
        }

        @Override
        public String toString() {
            return kind + " " + (sunk.length() > 60 ? sunk.substring(0, 60) : sunk);
        }
    }

    static Stream<Case> values() {
        return Stream.of(numbers(), decimals(), reals(), dates(), times(), octets())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> numbers() {
        String most = "18446744073709551615";
        return Stream.of(
                new Case(ColumnKind.INT, FakeRow.integer(Integer.MIN_VALUE), "number -2147483648", Integer.MIN_VALUE),
                new Case(ColumnKind.INT, FakeRow.integer(Integer.MAX_VALUE), "number 2147483647", Integer.MAX_VALUE),
                new Case(ColumnKind.INT, FakeRow.integer(0), "number 0", 0),
                new Case(ColumnKind.INT, FakeRow.integer(-1), "number -1", -1),
                new Case(ColumnKind.LONG, FakeRow.integer(4_294_967_295L), "number 4294967295", 4_294_967_295L),
                new Case(
                        ColumnKind.LONG,
                        FakeRow.integer(Long.MIN_VALUE),
                        "number -9223372036854775808",
                        Long.MIN_VALUE),
                new Case(
                        ColumnKind.LONG, FakeRow.integer(Long.MAX_VALUE), "number 9223372036854775807", Long.MAX_VALUE),
                new Case(ColumnKind.UNSIGNED_LONG, FakeRow.unsigned(most), "number " + most, new BigDecimal(most)),
                new Case(
                        ColumnKind.UNSIGNED_LONG,
                        FakeRow.unsigned("9223372036854775808"),
                        "number 9223372036854775808",
                        new BigDecimal("9223372036854775808")),
                new Case(
                        ColumnKind.UNSIGNED_LONG,
                        FakeRow.integer(Long.MAX_VALUE),
                        "number 9223372036854775807",
                        new BigDecimal("9223372036854775807")),
                new Case(ColumnKind.UNSIGNED_LONG, FakeRow.integer(0), "number 0", new BigDecimal("0")),
                new Case(ColumnKind.UNSIGNED_LONG, FakeRow.integer(128), "number 128", new BigDecimal("128")),
                new Case(ColumnKind.BIT, FakeRow.bit(0), "number 0", "0x00"),
                new Case(ColumnKind.BIT, FakeRow.bit(1), "number 1", "0x01"),
                new Case(ColumnKind.BIT, FakeRow.bit(0x03, 0xff), "number 1023", "0x03ff"),
                new Case(
                        ColumnKind.BIT,
                        FakeRow.bit(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
                        "number " + most,
                        "0xffffffffffffffff"),
                new Case(
                        ColumnKind.BIT,
                        FakeRow.bit(0x80, 0, 0, 0, 0, 0, 0, 0),
                        "number 9223372036854775808",
                        "0x8000000000000000"),
                new Case(ColumnKind.YEAR, FakeRow.year(0), "temporal 0000", 0),
                new Case(ColumnKind.YEAR, FakeRow.year(1901), "temporal 1901", 1901),
                new Case(ColumnKind.YEAR, FakeRow.year(2155), "temporal 2155", 2155));
    }

    private static Stream<Case> decimals() {
        String nines = "9".repeat(35) + "." + "9".repeat(30);
        String least = "0." + "0".repeat(29) + "1";
        return Stream.of(
                decimal(65, 30, nines),
                decimal(65, 30, "-" + nines),
                decimal(65, 30, least),
                decimal(65, 30, "-" + least),
                decimal(65, 30, "0." + "0".repeat(30)),
                decimal(65, 0, "9".repeat(65)),
                decimal(4, 2, "-0.05"),
                decimal(4, 2, "0.05"),
                decimal(4, 2, "0.00"),
                decimal(4, 2, "-99.99"),
                decimal(4, 2, "-1.00"),
                decimal(5, 0, "-128"),
                decimal(5, 0, "127"),
                decimal(5, 0, "-129"),
                decimal(30, 30, "0." + "9".repeat(30)),
                decimal(18, 0, "9".repeat(18)),
                decimal(18, 0, "-" + "9".repeat(18)),
                decimal(19, 0, "9223372036854775807"),
                decimal(19, 0, "-9223372036854775808"),
                decimal(20, 0, "9223372036854775808"),
                decimal(20, 1, "-922337203685477580.8"));
    }

    private static Case decimal(int precision, int scale, String digits) {
        return new Case(
                ColumnKind.DECIMAL,
                precision,
                scale,
                FakeRow.decimal(digits),
                "number " + digits,
                new BigDecimal(digits));
    }

    private static Stream<Case> reals() {
        return Stream.of(
                new Case(ColumnKind.DOUBLE, FakeRow.real(-0.0), "number -0.0", -0.0),
                new Case(ColumnKind.DOUBLE, FakeRow.real(0.1), "number 0.1", 0.1),
                new Case(ColumnKind.DOUBLE, FakeRow.real(Double.MIN_VALUE), "number 4.9E-324", Double.MIN_VALUE),
                new Case(
                        ColumnKind.DOUBLE,
                        FakeRow.real(Double.MIN_NORMAL / 2),
                        "number 1.1125369292536007E-308",
                        Double.MIN_NORMAL / 2),
                new Case(
                        ColumnKind.DOUBLE,
                        FakeRow.real(-Double.MAX_VALUE),
                        "number -1.7976931348623157E308",
                        -Double.MAX_VALUE),
                new Case(ColumnKind.FLOAT, FakeRow.real(-0.0f), "number -0.0", -0.0f),
                new Case(ColumnKind.FLOAT, FakeRow.real(0.1f), "number 0.10000000149011612", 0.1f),
                new Case(
                        ColumnKind.FLOAT,
                        FakeRow.real(Float.MIN_VALUE),
                        "number " + (double) Float.MIN_VALUE,
                        Float.MIN_VALUE),
                new Case(
                        ColumnKind.FLOAT,
                        FakeRow.real(-Float.MAX_VALUE),
                        "number -3.4028234663852886E38",
                        -Float.MAX_VALUE));
    }

    private static Stream<Case> dates() {
        return Stream.of(
                new Case(ColumnKind.DATE, FakeRow.date(2024, 2, 29), "temporal 2024-02-29", LocalDate.of(2024, 2, 29)),
                new Case(ColumnKind.DATE, FakeRow.date(1, 1, 1), "temporal 0001-01-01", LocalDate.of(1, 1, 1)),
                new Case(ColumnKind.DATE, FakeRow.date(0, 1, 1), "temporal 0000-01-01", LocalDate.of(0, 1, 1)),
                new Case(
                        ColumnKind.DATE, FakeRow.date(9999, 12, 31), "temporal 9999-12-31", LocalDate.of(9999, 12, 31)),
                new Case(ColumnKind.DATE, FakeRow.date(0, 0, 0), "temporal 0000-00-00", "0000-00-00"),
                new Case(ColumnKind.DATE, FakeRow.date(2024, 0, 0), "temporal 2024-00-00", "2024-00-00"),
                new Case(ColumnKind.DATE, FakeRow.date(2024, 5, 0), "temporal 2024-05-00", "2024-05-00"),
                new Case(ColumnKind.DATE, FakeRow.date(2023, 2, 31), "temporal 2023-02-31", "2023-02-31"),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.datetime(2024, 2, 29, 23, 59, 59, 999_999),
                        "temporal 2024-02-29 23:59:59.999999",
                        LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000)),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.datetime(1969, 12, 31, 23, 59, 59, 1),
                        "temporal 1969-12-31 23:59:59.000001",
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1000)),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.timestamp(1000, 1, 1, 0, 0, 0, 0),
                        "temporal 1000-01-01 00:00:00",
                        LocalDateTime.of(1000, 1, 1, 0, 0)),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.datetime(9999, 12, 31, 23, 59, 59, 999_999),
                        "temporal 9999-12-31 23:59:59.999999",
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.datetime(0, 0, 0, 0, 0, 0, 0),
                        "temporal 0000-00-00 00:00:00",
                        "0000-00-00 00:00:00"),
                new Case(
                        ColumnKind.DATETIME,
                        FakeRow.datetime(2024, 5, 0, 1, 2, 3, 40),
                        "temporal 2024-05-00 01:02:03.000040",
                        "2024-05-00 01:02:03.000040"),
                new Case(
                        ColumnKind.TIMESTAMP,
                        FakeRow.timestamp(2038, 1, 19, 3, 14, 7, 500_000),
                        "temporal 2038-01-19 03:14:07.500000",
                        Instant.parse("2038-01-19T03:14:07.5Z")),
                new Case(
                        ColumnKind.TIMESTAMP,
                        FakeRow.timestamp(0, 0, 0, 0, 0, 0, 0),
                        "temporal 0000-00-00 00:00:00",
                        "0000-00-00 00:00:00"));
    }

    private static Stream<Case> times() {
        return Stream.of(
                new Case(ColumnKind.TIME, FakeRow.time(false, 0, 0, 0, 0), "temporal 00:00:00", LocalTime.MIDNIGHT),
                new Case(
                        ColumnKind.TIME,
                        FakeRow.time(false, 23, 59, 59, 999_999),
                        "temporal 23:59:59.999999",
                        LocalTime.of(23, 59, 59, 999_999_000)),
                new Case(ColumnKind.TIME, FakeRow.time(false, 24, 0, 0, 0), "temporal 24:00:00", "24:00:00"),
                new Case(ColumnKind.TIME, FakeRow.time(false, 838, 59, 59, 0), "temporal 838:59:59", "838:59:59"),
                new Case(
                        ColumnKind.TIME,
                        FakeRow.time(true, 838, 59, 59, 999_999),
                        "temporal -838:59:59.999999",
                        "-838:59:59.999999"),
                new Case(ColumnKind.TIME, FakeRow.time(true, 0, 30, 0, 0), "temporal -00:30:00", "-00:30:00"),
                new Case(
                        ColumnKind.TIME,
                        FakeRow.time(true, 0, 0, 0, 1),
                        "temporal -00:00:00.000001",
                        "-00:00:00.000001"));
    }

    private static Stream<Case> octets() {
        String hostile = "a\0b'\"\\\n\tüß\u6771\u4eac\ud83d\ude00";
        return Stream.of(
                new Case(ColumnKind.TEXT, FakeRow.text(""), "text ", ""),
                new Case(ColumnKind.TEXT, FakeRow.text(hostile), "text " + hostile, hostile),
                new Case(
                        ColumnKind.TEXT,
                        FakeRow.text("x".repeat(70_000)),
                        "text " + "x".repeat(70_000),
                        "x".repeat(70_000)),
                new Case(ColumnKind.ENUM, FakeRow.text("it's"), "text it's", "it's"),
                new Case(ColumnKind.ENUM, FakeRow.text(""), "member 0 ''", ""),
                new Case(ColumnKind.SET, FakeRow.text("a,b"), "text a,b", "a,b"),
                new Case(ColumnKind.JSON, FakeRow.text("{\"a\": null}"), "text {\"a\": null}", "{\"a\": null}"),
                new Case(ColumnKind.TYPED_JSON, FakeRow.text("[1.5]"), "text [1.5]", "[1.5]"),
                new Case(ColumnKind.BINARY, FakeRow.octets(new byte[0]), "binary ", "0x"),
                new Case(ColumnKind.BINARY, FakeRow.octets(new byte[] {0, -1, 0}), "binary 00ff00", "0x00ff00"),
                new Case(
                        ColumnKind.GEOMETRY,
                        FakeRow.octets(new byte[] {(byte) 0xe6, 0x10, 0, 0, 1}),
                        "binary e610000001",
                        "0xe610000001"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void aValueComesBackAsItWas(Case value) {
        assertRoundTrip(value, false, value.cell(), value.sunk(), value.avro());
        assertRoundTrip(value, true, value.cell(), value.sunk(), value.avro());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void nullComesBackAsNull(Case value) {
        assertRoundTrip(value, true, null, "nothing", null);
    }

    @Test
    void everyKindIsTried() {
        Set<ColumnKind> tried = values().map(Case::kind).collect(Collectors.toSet());

        assertThat(tried).isEqualTo(EnumSet.allOf(ColumnKind.class));
    }

    /** The column stands between two others, which show that it is written and read to its end. */
    private static void assertRoundTrip(
            Case value, boolean nullable, @Nullable Cell cell, String sunk, @Nullable Object avro) {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "things")
                .column("before", ColumnKind.INT)
                .add("value", value.kind(), value.precision(), value.scale(), nullable)
                .column("after", ColumnKind.TEXT)
                .key("before")
                .version(1));
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1700000000.0000001"), 7L);

        Cell noTypes = FakeRow.raw(new byte[0]);
        encoder.encode(FakeRow.of(FakeRow.integer(-5), cell, FakeRow.text("end"), noTypes));

        GenericRecord plain = PlainAvro.row(schema.value(), encoder.value());
        assertThat(PlainAvro.comparable(plain.get("value"))).isEqualTo(avro);
        assertThat(PlainAvro.comparable(plain.get("after"))).isEqualTo("end");
        RowDecoder decoder = new RowDecoder(schema);
        RecordingSink sink = new RecordingSink();
        assertThat(decoder.begin(encoder.value())).isEqualTo(new RowHead("1700000000.0000001", 7L));
        decoder.columns(new boolean[] {true, true, true}, sink);
        assertThat(sink.values()).containsExactly("number -5", sunk, "text end");
    }

    @Test
    void theHeadHoldsLoadGenerationAndModifier() {
        RowSchema schema = orders(1);
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0000002"), null);

        encoder.encode(order(3, "x", 2024));

        GenericRecord plain = PlainAvro.row(schema.value(), encoder.value());
        assertThat(PlainAvro.comparable(plain.get("_syncline_load_id"))).isEqualTo("1.0000002");
        assertThat(plain.get("_syncline_generation")).isNull();
        assertThat(plain.get("_syncline_modifier")).isEqualTo(LocalDateTime.of(2024, 1, 1, 0, 0));
        assertThat(new RowDecoder(schema).begin(encoder.value())).isEqualTo(new RowHead("1.0000002", null));
        assertThat(encoder.modifier()).isEqualTo(new ModifierOrder(ColumnKind.DATETIME).ordinal("2024-01-01 00:00:00"));
    }

    @Test
    void theFrameCarriesTheSchemasFingerprint() {
        RowSchema schema = orders(1);
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);

        encoder.encode(order(3, "x", 2024));

        assertThat(SingleObject.fingerprint(encoder.value())).hasValue(schema.fingerprint());
        assertThat(SingleObject.fingerprint(Arrays.copyOf(encoder.value(), 9))).isEmpty();
        assertThat(SingleObject.fingerprint(new byte[30])).isEmpty();
    }

    @Test
    void theKeyIsPlainAvroOfTheKeyColumnsInTheirOwnOrder() {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "lines")
                .column("id", ColumnKind.INT)
                .column("note", ColumnKind.TEXT)
                .column("code", ColumnKind.BINARY)
                .key("code", "id")
                .version(1));
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);

        encoder.encode(FakeRow.of(FakeRow.integer(9), FakeRow.text("n"), FakeRow.octets(new byte[] {0, 1})));

        GenericRecord plain = PlainAvro.key(schema.key(), encoder.key());
        assertThat(PlainAvro.comparable(plain.get(0))).isEqualTo("0x0001");
        assertThat(plain.get(1)).isEqualTo(9);
        RecordingSink sink = new RecordingSink();
        new RowDecoder(schema).key(encoder.key(), sink);
        assertThat(sink.values()).containsExactly("binary 0001", "number 9");
    }

    @Test
    void allVersionsOfARowShareItsKeyBytes() {
        RowEncoder first = new RowEncoder(orders(1), new LoadId("1.0"), null);
        RowSchema altered = RowSchema.of(SampleTable.named("shop", "orders")
                .nullable("added", ColumnKind.JSON)
                .column("id", ColumnKind.LONG)
                .column("note", ColumnKind.TEXT)
                .nullable("changed", ColumnKind.DATETIME)
                .key("id")
                .version(2));
        RowEncoder second = new RowEncoder(altered, new LoadId("2.0"), 4L);

        first.encode(order(3, "x", 2024));
        byte[] key = first.key();
        first.encode(order(3, "y", 2025));
        second.encode(FakeRow.of(null, FakeRow.integer(3), FakeRow.text("z"), null));

        assertThat(first.key()).isEqualTo(key);
        assertThat(second.key()).isEqualTo(key);
        assertThat(second.identityDigest()).isEqualTo(first.identityDigest());
    }

    @Test
    void theDigestIsThatOfTheValuesWhateverTheLoad() {
        RowEncoder one = new RowEncoder(orders(1), new LoadId("1.0"), null);
        RowEncoder other = new RowEncoder(orders(1), new LoadId("2.0"), 9L);

        one.encode(order(3, "x", 2024));
        other.encode(order(3, "x", 2024));
        RowDigest digest = one.digest();
        one.encode(order(3, "y", 2024));

        assertThat(other.digest()).isEqualTo(digest);
        assertThat(other.value()).isNotEqualTo(one.value());
        assertThat(one.digest()).isNotEqualTo(digest);
    }

    @Test
    void columnsThatNobodyWantsAreSkipped() {
        RowSchema schema = everything();
        byte[] value = encodeEverything(schema);
        int columns = schema.table().columns().size();
        RowDecoder decoder = new RowDecoder(schema);
        RecordingSink sink = new RecordingSink();
        boolean[] wanted = new boolean[columns];
        wanted[columns - 1] = true;

        decoder.begin(value);
        decoder.columns(wanted, sink);

        assertThat(sink.values()).containsExactly(decode(schema, value).get(columns - 1));
    }

    @Test
    void aValueOfAnotherTypeMeansThatTheStructureChanged() {
        RowEncoder encoder = new RowEncoder(orders(1), new LoadId("1.0"), null);

        assertThatThrownBy(() -> encoder.encode(
                        FakeRow.of(FakeRow.text("three"), FakeRow.text("x"), FakeRow.datetime(2024, 1, 1, 0, 0, 0, 0))))
                .isInstanceOf(StructureChangedException.class)
                .hasMessage("column id came as a string: its type has changed");
        assertThatThrownBy(() -> encoder.encode(FakeRow.of(null, FakeRow.text("x"), null)))
                .isInstanceOf(StructureChangedException.class)
                .hasMessage("column id holds NULL, which it was not declared to");
    }

    @Test
    void aTimeOfAnImpossibleLengthMeansThatTheStructureChanged() {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "t")
                .column("at", ColumnKind.TIME)
                .key("at")
                .version(1));
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);

        assertThatThrownBy(() -> encoder.encode(FakeRow.of(FakeRow.raw(new byte[7]))))
                .isInstanceOf(StructureChangedException.class);
    }

    @Test
    void anEncoderGoesOnAfterARowThatItRefused() {
        RowEncoder encoder = new RowEncoder(orders(1), new LoadId("1.0"), null);
        encoder.encode(order(3, "x", 2024));
        byte[] value = encoder.value();

        assertThatThrownBy(() -> encoder.encode(FakeRow.of(FakeRow.integer(4), null, null)))
                .isInstanceOf(StructureChangedException.class);
        encoder.encode(order(3, "x", 2024));

        assertThat(encoder.value()).isEqualTo(value);
    }

    @Test
    void aRowCutShortAnywhereIsMalformed() {
        RowSchema schema = everything();
        byte[] value = encodeEverything(schema);

        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> decode(schema, cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(MalformedRowException.class);
        }
    }

    @Test
    void aKeyCutShortOrTooLongIsMalformed() {
        RowSchema schema = RowSchema.of(SampleTable.named("shop", "lines")
                .column("name", ColumnKind.TEXT)
                .decimal("price", 20, 2)
                .column("day", ColumnKind.DATE)
                .key("name", "price", "day")
                .version(1));
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1.0"), null);
        encoder.encode(FakeRow.of(FakeRow.text("nail"), FakeRow.decimal("12.50"), FakeRow.date(0, 0, 0)));
        byte[] key = encoder.key();

        for (int length = 0; length <= key.length + 1; length++) {
            byte[] other = Arrays.copyOf(key, length);
            if (length != key.length) {
                assertThatThrownBy(() -> new RowDecoder(schema).key(other, new RecordingSink()))
                        .isInstanceOf(MalformedRowException.class);
            }
        }
    }

    @Test
    void bytesBehindTheLastColumnAreMalformed() {
        RowSchema schema = everything();
        byte[] value = encodeEverything(schema);

        assertThatThrownBy(() -> decode(schema, Arrays.copyOf(value, value.length + 1)))
                .isInstanceOf(MalformedRowException.class)
                .hasMessage("1 bytes follow the last column");
    }

    @Test
    void flippedBytesAreReadAsAnotherRowOrMalformed() {
        RowSchema schema = everything();
        byte[] value = encodeEverything(schema);
        Random random = new Random(20_240_229);
        int malformed = 0;

        for (int round = 0; round < 50_000; round++) {
            byte[] flipped = value.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                flipped[SingleObject.FRAME + random.nextInt(value.length - SingleObject.FRAME)] =
                        (byte) random.nextInt();
            }
            try {
                decode(schema, flipped);
            } catch (MalformedRowException expected) {
                malformed++;
            }
        }

        assertThat(malformed).isBetween(1_000, 49_999);
    }

    private static List<String> decode(RowSchema schema, byte[] value) {
        RowDecoder decoder = new RowDecoder(schema);
        RecordingSink sink = new RecordingSink();
        boolean[] wanted = new boolean[schema.table().columns().size()];
        Arrays.fill(wanted, true);
        decoder.begin(value);
        decoder.columns(wanted, sink);
        return sink.values();
    }

    private static RowSchema orders(int version) {
        return RowSchema.of(SampleTable.named("shop", "orders")
                .column("id", ColumnKind.INT)
                .column("note", ColumnKind.TEXT)
                .nullable("changed", ColumnKind.DATETIME)
                .key("id")
                .modifier("changed")
                .version(version));
    }

    private static FakeRow order(int id, String note, int year) {
        return FakeRow.of(FakeRow.integer(id), FakeRow.text(note), FakeRow.datetime(year, 1, 1, 0, 0, 0, 0));
    }

    /** A column for each of the values, nullable and not by turns, with typed JSON and a modifier. */
    private static RowSchema everything() {
        SampleTable table = SampleTable.named("shop", "everything").column("id", ColumnKind.INT);
        List<Case> values = shortValues();
        for (int i = 0; i < values.size(); i++) {
            Case value = values.get(i);
            table.add("c" + i, value.kind(), value.precision(), value.scale(), i % 2 == 0);
        }
        return RowSchema.of(table.column("typed", ColumnKind.TYPED_JSON)
                .nullable("changed", ColumnKind.DATETIME)
                .key("id")
                .modifier("changed")
                .version(1));
    }

    private static byte[] encodeEverything(RowSchema schema) {
        List<Cell> cells = new ArrayList<>(List.of(FakeRow.integer(77)));
        shortValues().forEach(value -> cells.add(value.cell()));
        cells.add(FakeRow.text("{\"a\": 1.50, \"b\": \"2024-01-02\"}"));
        cells.add(FakeRow.datetime(2024, 2, 29, 1, 2, 3, 4));
        shortValues().stream()
                .filter(value -> value.kind() == ColumnKind.TYPED_JSON)
                .forEach(value -> cells.add(FakeRow.raw(new byte[0])));
        cells.add(FakeRow.raw("{\"1\": \"DECIMAL\", \"2\": \"DATE\"}".getBytes(StandardCharsets.UTF_8)));
        RowEncoder encoder = new RowEncoder(schema, new LoadId("1700000000.0000001"), 3L);
        encoder.encode(FakeRow.of(cells.toArray(Cell[]::new)));
        assertThat(decode(schema, encoder.value()))
                .containsAll(shortValues().stream().map(Case::sunk).toList())
                .contains("json {\"a\": 1.50, \"b\": \"2024-01-02\"} {$.\"a\"=DECIMAL, $.\"b\"=DATE}");
        return encoder.value();
    }

    private static List<Case> shortValues() {
        return values().filter(value -> value.sunk().getBytes(StandardCharsets.UTF_8).length < 100)
                .toList();
    }
}
