package io.syncline.loader.target;

/** A target table is gone, or the whole target, and its topic must be applied again from the first record. */
public final class LostTableException extends UnfitTargetException {

    /** @param source the table at the source, or its topic */
    public LostTableException(String source) {
        super("the target has lost what was applied to it of " + source
                + ", which is applied again from the beginning");
    }
}
