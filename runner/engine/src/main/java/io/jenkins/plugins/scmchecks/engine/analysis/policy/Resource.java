package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import java.util.Objects;

/**
 * One thing that a configuration file describes, and that policies judge.
 *
 * @param platform such as {@code terraform}, {@code kubernetes}, {@code dockerfile}, {@code cloudformation}
 * @param type such as {@code aws_s3_bucket}, {@code Deployment}, {@code AWS::S3::Bucket}
 * @param address that people know it by: {@code module.web.aws_s3_bucket.logs[0]}, {@code Deployment/prod/web}
 * @param path of its file
 * @param region of its head line(s), where a finding about something missing is shown
 * @param body what it says
 * @param parts paths of other files that parts of the body stand in: the lines of the first are numbered from
 *     {@link #PART_LINES} on, those of the second from twice that, and so on; see {@link #locate}
 */
public record Resource(
        String platform, String type, String address, String path, Region region, Node.Mapping body,
        List<String> parts) {

    /** More lines than any file has that a part is taken from. */
    public static final int PART_LINES = 2_000_000;

    /** A resource that stands in one file. */
    public Resource(String platform, String type, String address, String path, Region region, Node.Mapping body) {
        this(platform, type, address, path, region, body, List.of());
    }

    public Resource {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        parts = List.copyOf(parts);
    }

    /** {@return where a region of the body stands: in the resource's own file, or in one of its parts} */
    public Location locate(Region at) {
        int part = at == null ? 0 : at.startLine() / PART_LINES;
        if (part == 0) {
            return new Location(path, at);
        }
        int first = at.startLine() % PART_LINES;
        boolean whole = at.endLine() / PART_LINES == part;
        return new Location(parts.get(part - 1), whole
                ? new Region(first, at.startColumn(), at.endLine() % PART_LINES, at.endColumn())
                : Region.line(first));
    }
}
