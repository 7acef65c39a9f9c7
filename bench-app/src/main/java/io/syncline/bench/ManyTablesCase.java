package io.syncline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many tables at once within the same heap: how long until all are at an empty target, JVM start included. */
final class ManyTablesCase implements Case {

    private static final String SHOP = "shop_many";
    private static final String COPY = "copy_many";
    private static final int TABLES = 32;

    private final int rowsOfEach;
    private boolean prepared;

    /** @param rows of all tables together */
    ManyTablesCase(int rows) {
        this.rowsOfEach = rows / TABLES;
    }

    @Override
    public String name() {
        return "many-tables";
    }

    @Override
    public String baseline() {
        return Dump.NAME;
    }

    @Override
    public void draw(Path folder, Map<String, Map<String, Spread>> spreads) throws IOException {
        Pictures.wallTimes(folder, this, TABLES + " tables of " + rowsOfEach + " rows", spreads);
    }

    @Override
    public List<Sample> round(Stand stand) throws Exception {
        if (!prepared) {
            prepare(stand.source());
            prepared = true;
        }
        stand.target().localInfile(true);
        Sample dump = Dump.measure(stand, SHOP, COPY);
        requireEqual(stand);
        stand.target().createEmpty(COPY);
        List<Map<String, Object>> entries =
                names().stream().map(Pipeline::orders).toList();
        try (Pipeline pipeline = new Pipeline(stand, SHOP, COPY, entries)) {
            Meter meter = stand.meter();
            pipeline.start(meter);
            pipeline.awaitApplied((long) TABLES * rowsOfEach);
            Sample syncline = meter.stop("Syncline");
            requireEqual(stand);
            return List.of(dump, syncline);
        }
    }

    private void prepare(MySqlServer source) throws Exception {
        new Orders(source, SHOP, rowsOfEach).create();
        for (String name : names()) {
            source.run(
                    SHOP,
                    "CREATE TABLE " + name + " LIKE " + Orders.TABLE,
                    "INSERT INTO " + name + " SELECT * FROM " + Orders.TABLE);
        }
        source.run(SHOP, "DROP TABLE " + Orders.TABLE);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= TABLES; i++) {
            names.add("orders" + i);
        }
        return names;
    }

    private static void requireEqual(Stand stand) throws Exception {
        for (String name : names()) {
            Orders.requireEqual(stand, SHOP, COPY, name);
        }
    }
}
