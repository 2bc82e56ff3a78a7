package io.jenkins.plugins.scmchecks.engine.scm;

/** The kinds of source-code managers that can be connected. */
public enum ProviderKind {
    GITHUB("github", "GitHub"),
    GITLAB("gitlab", "GitLab"),
    BITBUCKET_CLOUD("bitbucket-cloud", "Bitbucket Cloud"),
    BITBUCKET_DATA_CENTER("bitbucket-data-center", "Bitbucket Data Center"),
    AZURE_DEVOPS("azure-devops", "Azure DevOps"),
    GOOGLE_SOURCE_REPOSITORIES("google-source-repositories", "Google Source Repositories"),
    GITEA("gitea", "Gitea / Forgejo");

    private final String id;
    private final String displayName;

    ProviderKind(String id, String displayName) {
        this.id = id;
        this.displayName = displayName;
    }

    /** {@return the stable name, as in configuration, on the command line and in file names} */
    public String id() {
        return id;
    }

    public String displayName() {
        return displayName;
    }

    /**
     * @throws IllegalArgumentException naming the allowed ids
     */
    public static ProviderKind ofId(String id) {
        StringBuilder known = new StringBuilder();
        for (ProviderKind kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
            known.append(known.isEmpty() ? "" : ", ").append(kind.id);
        }
        throw new IllegalArgumentException("unknown provider '" + id + "'; use one of " + known);
    }
}
