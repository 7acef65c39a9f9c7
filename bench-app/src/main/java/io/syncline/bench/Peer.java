package io.syncline.bench;

import java.nio.file.Path;
import java.util.Map;

/** Another way to keep a copy of a table: a source and a sink on Kafka Connect, with the settings that make them fast. */
interface Peer {

    String name();

    /** A folder of a folder of jars for each connector, fetched if need be. @throws NotMeasuredException where there are none */
    Path plugins() throws NotMeasuredException;

    /**
     * The connectors' settings, by the connectors' names.
     *
     * @param run a name that no other run has
     * @param folder for what a connector keeps for itself
     */
    Map<String, Map<String, String>> connectors(Stand stand, String from, String to, String run, Path folder);
}
