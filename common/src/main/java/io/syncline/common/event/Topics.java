package io.syncline.common.event;

import io.syncline.common.model.TableId;

/** The names of Syncline's topics under one prefix. */
public record Topics(String prefix) {

    public String rows(TableId table) {
        return TopicName.rows(prefix, table);
    }

    public String schemas() {
        return prefix + ".schemas";
    }

    public String watermarks() {
        return prefix + ".watermarks";
    }

    public String rejects() {
        return prefix + ".rejects";
    }
}
