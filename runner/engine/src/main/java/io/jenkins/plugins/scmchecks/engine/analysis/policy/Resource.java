package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
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
 */
public record Resource(
        String platform, String type, String address, String path, Region region, Node.Mapping body) {

    public Resource {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
    }
}
