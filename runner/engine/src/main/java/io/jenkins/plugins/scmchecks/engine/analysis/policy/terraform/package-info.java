/**
 * Terraform: HCL's native syntax and its JSON syntax, modules, and plans, as resources that policies judge.
 *
 * <p>The way of a tree: {@code TerraformFile} reads each file on its own ({@code HclParser}, {@code JsonSyntax}) into a
 * {@code Body} of attributes and blocks. When all are read, {@code ModuleTree} puts the folders together, and for each
 * root module {@code RootEvaluation} works out its resources: {@code ModuleInstance} is what names mean in a module,
 * {@code Expansion} makes instances of {@code count} and {@code for_each}, {@code Evaluator} works out expressions,
 * {@code BodyNodes} makes a block into nodes, and {@code Relations} finds which resources complete which.
 *
 * <p>What the files do not tell is unknown, and stays so only as far as it decides. Nothing outside the files' own text
 * is reached for: no network, no other file, no environment, no clock. {@code Budget} bounds the work.
 *
 * <p>{@code KubernetesProvider} gives what the Kubernetes provider makes a second time, as Kubernetes objects.
 *
 * <p>What conditions of policies find in a body:
 * <ul>
 *   <li>attributes by name; one that is null is absent, as for Terraform;
 *   <li>nested blocks by type, always as lists of maps, dynamic ones as what they stand for;
 *   <li>texts in JSON ({@code jsonencode}, heredocs, {@code aws_iam_policy_document}) as maps and lists;
 *   <li>{@code _related}: a map from a type to the resources of that type that belong to this one, by a reference or an
 *       equal name, such as {@code resource._related.aws_s3_bucket_public_access_block}; unknown when there is one of
 *       which it cannot be told;
 *   <li>{@code _references}: the addresses of the resources that this one belongs to.
 * </ul>
 */
package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;
