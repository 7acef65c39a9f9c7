package io.syncline.systemtests.faults;

import io.syncline.systemtests.faults.Fault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Carries out a round's faults, each from its beginning to its end. Belongs to the test's thread. */
final class Round {

    private record Step(int at, Fault fault, boolean begins) {}

    private final Servers servers;
    private final Map<String, ? extends Victim> processes;

    Round(Servers servers, Map<String, ? extends Victim> processes) {
        this.servers = servers;
        this.processes = Map.copyOf(processes);
    }

    /** Returns when all is mended. */
    void run(List<Fault> faults) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (Fault fault : faults) {
            steps.add(new Step(fault.at(), fault, true));
            steps.add(new Step(fault.until(), fault, false));
        }
        steps.sort(Comparator.comparingInt(Step::at));
        long began = System.nanoTime();
        for (Step step : steps) {
            long passed = (System.nanoTime() - began) / 1_000_000;
            Thread.sleep(Math.max(0, step.at() - passed));
            take(step);
        }
    }

    private void take(Step step) {
        Victim process = processes.get(step.fault().victim());
        if (process == null) {
            servers.cut(step.fault(), step.begins());
        } else if (step.fault().kind() == Kind.KILL) {
            if (step.begins()) {
                process.kill();
            } else {
                process.restart();
            }
        } else if (step.begins()) {
            process.pause();
        } else {
            process.resume();
        }
    }
}
