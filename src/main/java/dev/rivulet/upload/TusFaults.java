package dev.rivulet.upload;

import dev.rivulet.bus.Fault;

/** What resumable uploads are refused with; every sentence may be shown to anybody. */
final class TusFaults {
    private TusFaults() {}

    static Fault unknown() {
        return new Fault(404, "upload_not_found", "There is no upload with this id.");
    }

    static Fault expired() {
        return new Fault(410, "upload_expired", "Nothing of this upload arrived for too long: begin it anew.");
    }

    /** Its bytes are not there any more, or its video was cancelled. */
    static Fault gone() {
        return new Fault(410, "upload_gone", "What was received of this upload is gone: begin it anew.");
    }

    static Fault elsewhere() {
        return new Fault(503, "other_node", "This upload goes on at the server where it began; try again.");
    }

    static Fault locked() {
        return new Fault(423, "upload_locked", "Another request is at work on this upload; try again in a moment.");
    }

    static Fault takenOver() {
        return new Fault(423, "upload_taken_over", "Another request goes on with this upload; what arrived is kept.");
    }

    static Fault wrongOffset(long offset) {
        return new Fault(409, "wrong_offset", "The upload stands at byte " + offset + ".");
    }

    static Fault beyondLength(long left) {
        return new Fault(413, "beyond_length", "No more than " + left + " bytes of this upload are to come.");
    }

    static Fault checksumMismatch() {
        return new Fault(460, "checksum_mismatch", "The bytes do not add up to their checksum, and were thrown away.");
    }

    static Fault finalUpload() {
        return new Fault(403, "final_upload", "A final upload is made of its parts: it takes no bytes.");
    }

    static Fault badConcat(String message) {
        return new Fault(400, "invalid_upload_concat", message);
    }

    static Fault brokenOff() {
        return new Fault(400, "broken_off", "The client broke off the request.");
    }
}
