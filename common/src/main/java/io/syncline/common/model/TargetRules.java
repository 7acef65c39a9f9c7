package io.syncline.common.model;

/**
 * How a loader is to treat a table at the target. It travels with the table's structure, since a loader may have no
 * {@code tables.json}.
 *
 * @param copiesForeignKeys whether foreign keys are added once all tables concerned are copied
 * @param widens whether target columns are widened with the source's; if not, the table halts
 */
public record TargetRules(boolean copiesForeignKeys, boolean widens) {

    public static final TargetRules DEFAULT = new TargetRules(false, false);
}
