package dev.rivulet.upload;

import dev.rivulet.bus.Fault;
import dev.rivulet.job.DiskFull;
import dev.rivulet.job.ErrorCode;
import dev.rivulet.job.UnavailableException;
import dev.rivulet.job.VideoError;
import dev.rivulet.store.PendingImport.Arrived;
import dev.rivulet.upload.link.AnswerRules;
import dev.rivulet.upload.link.Exchange;
import dev.rivulet.upload.link.Judgement;
import dev.rivulet.upload.link.Link;
import dev.rivulet.upload.link.LinkClient.Question;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try to fetch what is missing: from the link, over its redirects, to the last byte. Belongs to one event loop. */
final class LinkTry {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTry.class);

    private final ImportParts parts;
    private final Arrival arrival;
    private final ImportLimits limits;
    private final int number;
    private @Nullable Exchange exchange;
    private @Nullable Throwable ended;

    /** @param number of this try, so that the next one may take another address of the host */
    LinkTry(ImportParts parts, Arrival arrival, ImportLimits limits, int number) {
        this.parts = parts;
        this.arrival = arrival;
        this.limits = limits;
        this.number = number;
    }

    /** What came of it: never {@link Judgement.Take} or {@link Judgement.Moved}, which are followed. */
    Future<Judgement> run(Link link) {
        return hop(link, 0);
    }

    /** Ends it now. */
    void end(Throwable reason) {
        ended = reason;
        if (exchange != null) {
            exchange.abort(reason);
        }
    }

    private Future<Judgement> hop(Link to, int redirects) {
        return parts.doorman()
                .admit(to)
                .transform(admitted -> admitted.succeeded()
                        ? ask(to, admitted.result())
                        : Future.succeededFuture(refused(admitted.cause())))
                .compose(judgement -> {
                    if (!(judgement instanceof Judgement.Moved moved)) {
                        return Future.succeededFuture(judgement);
                    }
                    return redirects < limits.maxRedirects()
                            ? hop(moved.to(), redirects + 1)
                            : Future.succeededFuture(AnswerRules.unusable("The link redirects too often."));
                });
    }

    private Future<Judgement> ask(Link to, List<InetAddress> addresses) {
        if (ended != null) {
            return Future.succeededFuture(failed(ended));
        }
        Arrived have = arrival.arrived();
        Hearing hearing = new Hearing(to, have);
        Question question =
                new Question(to, addresses.get(number % addresses.size()), have.bytes(), AnswerRules.condition(have));
        Exchange asking = parts.client().ask(question, hearing);
        exchange = asking;
        return asking.outcome().transform(done -> {
            exchange = null;
            return judged(hearing, done);
        });
    }

    private Future<Judgement> judged(Hearing hearing, AsyncResult<Boolean> done) {
        if (arrival.tooLarge()) {
            return Future.succeededFuture(tooLarge());
        } else if (done.failed()) {
            return Future.succeededFuture(failed(done.cause()));
        } else if (!done.result()) {
            return Future.succeededFuture(hearing.judgement);
        }
        return arrival.settle()
                .transform(
                        settled -> Future.succeededFuture(settled.succeeded() ? received() : failed(settled.cause())));
    }

    private Judgement received() {
        long size = arrival.arrived().size();
        long bytes = arrival.arrived().bytes();
        if (bytes == 0) {
            return AnswerRules.unusable("The file behind the link is empty.");
        }
        return size < 0 || bytes == size
                ? new Judgement.Whole()
                : new Judgement.Later("The other server sent less than it said.");
    }

    /** What fails on our side is not counted against the other. */
    private static Judgement failed(Throwable failure) {
        LOG.info("a try to fetch by link failed: {}", failure.toString());
        boolean ours = failure instanceof Fault || failure instanceof UnavailableException || DiskFull.in(failure);
        return ours
                ? new Judgement.Hindered(String.valueOf(failure.getMessage()))
                : new Judgement.Later("The server behind the link could not be reached, or broke off.");
    }

    private static Judgement refused(Throwable why) {
        return why instanceof Fault
                ? new Judgement.Never(new VideoError(
                        ErrorCode.ADDRESS_REFUSED, "The link leads to an address that is not fetched from."))
                : new Judgement.Later("The host of the link could not be found.");
    }

    private Judgement tooLarge() {
        return new Judgement.Never(new VideoError(
                ErrorCode.TOO_LARGE, "The file is larger than the " + limits.maxBytes() + " bytes that are accepted."));
    }

    /** Looks at the head of an answer before its body flows. */
    private final class Hearing implements Exchange.Hearer {
        private final Link asked;
        private final Arrived have;
        private Judgement judgement = new Judgement.Later("There was no answer.");

        Hearing(Link asked, Arrived have) {
            this.asked = asked;
            this.have = have;
        }

        @Override
        public Future<Optional<WriteStream<Buffer>>> head(int status, AnswerRules.Headers headers) {
            judgement = AnswerRules.judge(asked, have, status, headers);
            if (judgement instanceof Judgement.Take take && take.from().size() > limits.maxBytes()) {
                judgement = tooLarge();
            }
            return judgement instanceof Judgement.Take take
                    ? arrival.accept(take.from()).map(Optional::of)
                    : Future.succeededFuture(Optional.empty());
        }
    }
}
