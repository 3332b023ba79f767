package dev.rivulet.encode;

import dev.rivulet.job.FailureKind;
import dev.rivulet.job.TaskFailure;

/** An attempt at a task failed; says why. */
final class WorkFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String log;

    WorkFailedException(FailureKind kind, String reason, String log) {
        super(reason);
        this.kind = kind;
        this.log = log;
    }

    TaskFailure failure() {
        return new TaskFailure(kind, String.valueOf(getMessage()), log);
    }
}
