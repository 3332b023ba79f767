package dev.rivulet.ffmpeg;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Hands our own command lines to the wrapper, whose builder cannot say most of what they say; the wrapper adds where
 * progress goes.
 */
final class GivenArgs extends FFmpegBuilder {
    private final List<String> args;
    private @Nullable URI progress;

    GivenArgs(List<String> args) {
        this.args = List.copyOf(args);
    }

    @Override
    public FFmpegBuilder addProgress(URI uri) {
        progress = uri;
        return this;
    }

    @Override
    public List<String> build() {
        List<String> all = new ArrayList<>();
        if (progress != null) {
            all.addAll(List.of("-progress", progress.toString()));
        }
        all.addAll(args);
        return List.copyOf(all);
    }
}
