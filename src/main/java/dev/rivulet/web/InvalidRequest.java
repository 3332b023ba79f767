package dev.rivulet.web;

import dev.rivulet.bus.Fault;
import dev.rivulet.web.ProblemHandler.Problem;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a finding of vertx-openapi into words that name the field. */
final class InvalidRequest {
    /** The library says which parameter it means in its message only. */
    private static final Pattern PARAMETER = Pattern.compile("\\b(query|path|header|cookie) parameter ([\\w-]+)");

    private InvalidRequest() {}

    static Problem problem(ValidatorException invalid) {
        String message = String.valueOf(invalid.getMessage());
        Matcher parameter = PARAMETER.matcher(message);
        String reason = invalid instanceof SchemaValidationException schema ? reason(schema) : "";
        if (parameter.find()) {
            if (parameter.group(1).equals("path")) {
                // The only one is the id: what is no id names no video.
                return ProblemHandler.problem(Fault.unknownVideo(), 404);
            }
            String name = parameter.group(2);
            return new Problem(400, "invalid_parameter", sentence("The parameter " + name, reason), name);
        }
        if (invalid.type() == ValidatorErrorType.ILLEGAL_VALUE) {
            return new Problem(400, "bad_json", "The body is no valid JSON.", null);
        }
        String field = invalid instanceof SchemaValidationException schema ? location(schema) : null;
        String subject = field == null ? "The body" : "The body's " + field;
        return new Problem(400, "invalid_body", sentence(subject, reason), field);
    }

    private static String sentence(String subject, String reason) {
        return reason.isEmpty() ? subject + " is missing or not valid." : subject + " is not valid: " + reason + ".";
    }

    private static String reason(SchemaValidationException invalid) {
        OutputUnit deepest = deepest(invalid);
        return deepest == null || deepest.getError() == null ? "" : deepest.getError();
    }

    private static @Nullable String location(SchemaValidationException invalid) {
        OutputUnit deepest = deepest(invalid);
        String location = deepest == null ? "" : String.valueOf(deepest.getInstanceLocation());
        return location.length() > 2 ? location.substring(2) : null;
    }

    private static @Nullable OutputUnit deepest(SchemaValidationException invalid) {
        List<OutputUnit> errors = invalid.getOutputUnit().getErrors();
        return errors == null || errors.isEmpty() ? null : errors.get(errors.size() - 1);
    }
}
