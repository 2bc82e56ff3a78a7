package io.jenkins.plugins.scmchecks.forge.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.azure.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import java.util.Set;

/** Who asks, and the projects of the collection. */
final class ProjectsApi {

    private static final Set<String> SCOPES = Set.of("vso.profile", "vso.project");

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/_apis/connectionData", ProjectsApi::connectionData);
        router.add("GET", "/_apis/projects", call -> {
            call.scope(SCOPES);
            return call.page(call.azure().projects(), 100, Json::project);
        });
        router.add("GET", "/_apis/projects/{project}", call -> {
            call.scope(SCOPES);
            return Answer.json(200, Json.project(call.project()));
        });
    }

    private static Answer connectionData(Call call) {
        ObjectNode json = Json.object();
        json.putObject("authenticatedUser")
                .put("id", Json.guid(call.user().id()))
                .put("descriptor", "Microsoft.IdentityModel.Claims.ClaimsIdentity;" + call.user().login())
                .put("providerDisplayName", call.user().login())
                .put("isActive", true);
        return Answer.json(200, json.put("deploymentType", "onPremises"));
    }
}
