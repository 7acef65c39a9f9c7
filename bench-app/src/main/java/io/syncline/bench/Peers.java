package io.syncline.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peers on Kafka Connect, as far as their jars can be had; these are fetched when the first is to be measured. */
final class Peers {

    /** Confluent has its connector in a repository of its own, Aiven has its with its releases. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            ConnectJdbc.NAME,
            "neither Confluent's connector nor Aiven's is on Maven Central; --connect-jdbc FOLDER measures Aiven's");

    private final List<Peer> wanted;
    private final Map<Peer, Path> plugins = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Peers(List<Peer> wanted, Map<String, String> elsewhere) {
        this.wanted = wanted;
        this.missing.putAll(elsewhere);
    }

    /** @param connectJdbc where that connector's jars are */
    static Peers all(Optional<Path> connectJdbc) {
        return connectJdbc
                .map(jars -> new Peers(List.of(new Debezium(), new ConnectJdbc(jars)), Map.of()))
                .orElseGet(() -> new Peers(List.of(new Debezium()), ELSEWHERE));
    }

    static Peers none() {
        return new Peers(List.of(), Map.of());
    }

    /** Measures one of them. */
    interface Measurement {
        Sample of(Peer peer, Path plugins) throws Exception;
    }

    void measure(List<Sample> samples, Measurement measurement) throws Exception {
        fetch();
        for (Map.Entry<Peer, Path> peer : plugins.entrySet()) {
            samples.add(measurement.of(peer.getKey(), peer.getValue()));
        }
    }

    /** Why others could not be measured, by their names. */
    Map<String, String> missing() {
        return Map.copyOf(missing);
    }

    private void fetch() {
        for (Peer peer : wanted) {
            if (plugins.containsKey(peer) || missing.containsKey(peer.name())) {
                continue;
            }
            try {
                PeerJars.fetch(PeerJars.WORKER);
                plugins.put(peer, peer.plugins());
            } catch (NotMeasuredException e) {
                missing.put(peer.name(), String.valueOf(e.getMessage()));
            }
        }
    }
}
