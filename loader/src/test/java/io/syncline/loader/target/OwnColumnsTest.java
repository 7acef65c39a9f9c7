package io.syncline.loader.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncline.common.model.ColumnKind;
import io.syncline.common.model.TableSchema;
import io.syncline.loader.SampleTable;
import org.junit.jupiter.api.Test;

final class OwnColumnsTest {

    private final TableSchema users = SampleTable.users().version(1);

    @Test
    void theLoadIdAndTheRowIdAreOurs() {
        assertThat(OwnColumns.isOurs("_dlt_load_id", users)).isTrue();
        assertThat(OwnColumns.isOurs("_dlt_id", users)).isTrue();
        assertThat(OwnColumns.isOurs("_DLT_ID", users)).isTrue();
        assertThat(OwnColumns.isOurs("id", users)).isFalse();
        assertThat(OwnColumns.isOurs("_dlt_version", users)).isFalse();
    }

    @Test
    void whatTheSourceHasItselfIsNotOurs() {
        TableSchema copied =
                SampleTable.users().column("_Dlt_Id", ColumnKind.TEXT).version(1);

        assertThat(OwnColumns.isOurs("_dlt_id", copied)).isFalse();
        assertThat(OwnColumns.isOurs("_dlt_load_id", copied)).isTrue();
    }

    @Test
    void theyAreDeclaredAsDltDeclaresThem() {
        assertThat(OwnColumns.definition("_dlt_load_id")).isEqualTo("text NOT NULL");
        assertThat(OwnColumns.definition("_dlt_id")).isEqualTo("varchar(128) NOT NULL");
    }
}
