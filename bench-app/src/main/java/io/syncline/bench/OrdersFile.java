package io.syncline.bench;

/** Rows of the orders in a file beside the target, for LOAD DATA: what the target needs if nobody has to read or send. */
final class OrdersFile {

    private static final String FILE = "/tmp/orders.tsv";

    private OrdersFile() {}

    static void write(Stand stand, String database, String where) throws Exception {
        stand.target()
                .shell("mysql -h " + stand.source().address().host()
                        + " -uroot --quick --batch -N -e \"SELECT * FROM orders WHERE " + where + "\" " + database
                        + " > " + FILE);
    }

    /** @param replace {@code REPLACE}, or nothing for an empty table */
    static Sample load(Stand stand, String contender, String database, String replace) throws Exception {
        stand.target().localInfile(true);
        Meter meter = stand.meter();
        double client = stand.target()
                .shell("mysql -uroot --local-infile=1 -e \"LOAD DATA LOCAL INFILE '" + FILE + "' " + replace
                        + " INTO TABLE orders\" " + database);
        return meter.stop(contender).with("client CPU s", client);
    }
}
