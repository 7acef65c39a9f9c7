package io.syncline.bench;

/** {@code mysqldump | mysql}, the way that everybody has: read through the source's socket, written over the network. */
final class Dump {

    static final String NAME = "mysqldump | mysql";

    private Dump() {}

    static Sample measure(Stand stand, String from, String to) throws Exception {
        stand.target().createEmpty(to);
        Meter meter = stand.meter();
        double client = run(stand, from, to);
        return meter.stop(NAME).with("client CPU s", client);
    }

    /** @return the CPU seconds of both programs */
    static double run(Stand stand, String from, String to) throws Exception {
        return stand.source()
                .shell("mysqldump --single-transaction --set-gtid-purged=OFF -uroot " + from + " | mysql -h "
                        + stand.target().address().host() + " -uroot " + to);
    }
}
