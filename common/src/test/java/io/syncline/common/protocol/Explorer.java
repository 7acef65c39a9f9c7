package io.syncline.common.protocol;

import io.syncline.common.protocol.Model.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Visits every state of a model, the nearest first, so that what it finds is told by as few steps as can be. */
final class Explorer<S> {

    private record Arrival<S>(@Nullable S from, String by) {}

    private static final int MOST = 3_000_000;

    private final Model<S> model;
    private final Map<S, Arrival<S>> arrivals = new HashMap<>();
    private final Map<S, List<S>> before = new HashMap<>();

    private Explorer(Model<S> model) {
        this.model = model;
    }

    /**
     * What came of a model.
     *
     * @param violation what was found, with the steps that lead there; empty where nothing can go wrong
     */
    record Result(int states, Optional<String> violation) {}

    static <S> Result explore(Model<S> model) {
        return new Explorer<>(model).explore();
    }

    private Result explore() {
        Deque<S> next = new ArrayDeque<>(List.of(model.start()));
        Set<S> goals = new HashSet<>();
        arrivals.put(model.start(), new Arrival<>(null, "start"));
        while (!next.isEmpty()) {
            S state = next.removeFirst();
            Optional<String> violation = model.violation(state);
            if (violation.isPresent()) {
                return new Result(arrivals.size(), Optional.of(violation.get() + way(state)));
            }
            if (model.isGoal(state)) {
                goals.add(state);
            }
            for (Step<S> step : model.steps(state)) {
                before.computeIfAbsent(step.next(), unknown -> new ArrayList<>())
                        .add(state);
                if (arrivals.putIfAbsent(step.next(), new Arrival<>(state, step.name())) == null) {
                    next.add(step.next());
                }
            }
            if (arrivals.size() > MOST) {
                throw new IllegalStateException("the model is too large");
            }
        }
        return new Result(arrivals.size(), stuck(goals));
    }

    /** A state from which no goal can be reached any more. */
    private Optional<String> stuck(Set<S> goals) {
        Set<S> good = new HashSet<>(goals);
        Deque<S> next = new ArrayDeque<>(goals);
        while (!next.isEmpty()) {
            for (S former : before.getOrDefault(next.removeFirst(), List.of())) {
                if (good.add(former)) {
                    next.add(former);
                }
            }
        }
        return arrivals.keySet().stream()
                .filter(state -> !good.contains(state))
                .map(state -> "stuck" + way(state))
                .min((one, other) -> Integer.compare(one.length(), other.length()));
    }

    private String way(S end) {
        List<String> steps = new ArrayList<>();
        S state = end;
        while (state != null) {
            Arrival<S> arrival = arrivals.get(state);
            if (arrival == null) {
                break;
            }
            steps.add(arrival.by() + "  " + state);
            state = arrival.from();
        }
        Collections.reverse(steps);
        return ":\n  " + String.join("\n  ", steps);
    }
}
