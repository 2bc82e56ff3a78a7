package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.http.Answer;

/** An answer that says no, in Azure DevOps' words. */
final class AzureError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private AzureError(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    private static AzureError of(int status, String type, String message) {
        ObjectNode body = Json.object().put("$id", "1").putNull("innerException")
                .put("message", message)
                .put("typeName", "Microsoft.VisualStudio.Services." + type)
                .put("typeKey", type)
                .put("errorCode", 0)
                .put("eventId", 3000);
        return new AzureError(Answer.json(status, body));
    }

    static AzureError invalid(String message) {
        return of(400, "InvalidArgumentValueException", message);
    }

    static AzureError version(String asked, String newest) {
        return of(400, "VssVersionOutOfRangeException", "The requested REST API version of " + asked
                + " is out of range for this server. The latest REST API version this server supports is " + newest
                + ".");
    }

    static AzureError noVersion(String method) {
        return of(400, "VssVersionNotSpecifiedException", "No api-version was supplied for the \"" + method
                + "\" request. The version must be supplied in the Accept header or as a query parameter.");
    }

    static AzureError preview(String asked) {
        return of(400, "VssInvalidPreviewVersionException", "The requested version \"" + asked
                + "\" of the resource is under preview. The -preview flag must be supplied in the api-version.");
    }

    static AzureError noProject(String name) {
        return of(404, "ProjectDoesNotExistWithNameException", "TF200016: The following project does not exist: " + name
                + ". Verify that the name of the project is correct and that the project exists on the server.");
    }

    static AzureError noRepository(String name) {
        return of(404, "GitRepositoryNotFoundException", "TF401019: The Git repository with name or identifier " + name
                + " does not exist or you do not have permissions for the operation you are attempting.");
    }

    static AzureError noPullRequest() {
        return of(404, "GitPullRequestNotFoundException", "TF401180: The requested pull request was not found.");
    }

    static AzureError notFound(String what) {
        return of(404, "NotFoundException", what + " was not found.");
    }

    static AzureError forbidden(String permission) {
        return of(403, "GitNeedsPermissionException", "TF401027: You need the Git '" + permission
                + "' permission to perform this action.");
    }

    /** {@return what is answered to a token that lacks a scope} */
    static AzureError scope() {
        return of(401, "UnauthorizedRequestException", "TF400813: The user is not authorized to access this resource.");
    }

    /** {@return the answer to nobody: a way to the sign-in page, unless the client says that it cannot go there} */
    static AzureError signIn(boolean suppressed) {
        return new AzureError(suppressed
                ? Answer.empty(401).with("WWW-Authenticate", "Basic realm=\"http://tfsapp.invalid/\"")
                : Answer.empty(302).with("Location", "https://spsprodweu.vssps.invalid/_signin?realm=azure.invalid"));
    }

    /** {@return the answer to a token that has ended: the sign-in page itself} */
    static AzureError expired() {
        return new AzureError(Answer.text(203, "text/html; charset=utf-8",
                "<!DOCTYPE html><title>Azure DevOps Services | Sign In</title>"));
    }

    static AzureError tooMany(long seconds) {
        AzureError error = of(429, "RequestBlockedException",
                "TF400733: The request has been canceled: Request was blocked"
                + " due to exceeding usage of resource 'Concurrency' in namespace 'User'.");
        return new AzureError(error.answer.with("Retry-After", Long.toString(seconds))
                .with("X-RateLimit-Resource", "core").with("X-RateLimit-Remaining", "0"));
    }

    Answer answer() {
        return answer;
    }
}
