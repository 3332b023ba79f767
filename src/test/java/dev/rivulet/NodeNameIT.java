package dev.rivulet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rivulet.embedded.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameIT {
    @TempDir
    Path data;

    @Test
    void aDataFolderKeepsItsName() {
        String name = NodeName.of(data);
        assertThat(name).matches("[A-Za-z0-9.-]{1,60}-[0-9a-f]{8}");
        assertThat(NodeName.of(data)).isEqualTo(name);
    }

    @Test
    void foldersHaveDifferentNames() throws IOException {
        Path other = Files.createDirectory(data.resolve("other"));
        assertThat(NodeName.of(other)).isNotEqualTo(NodeName.of(data));
    }

    @Test
    void aNameThatCannotBeKeptIsNoName() throws IOException {
        Files.createDirectory(data.resolve("node"));
        assertThatThrownBy(() -> NodeName.of(data)).isInstanceOf(StartException.class);
    }
}
