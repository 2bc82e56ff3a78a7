locals {
  a = { for k, v in var.m : k => "${v}-%{ if v > 1 }x%{ endif }" if v != null }
  b = [for s in ["a"] : upper(s)...]
  c = <<-EOT
    x ${local.a["k"]}
  EOT
}
resource "x" "y" {
  count = length(local.b) ? 1 : 0
  dynamic "z" {
    for_each = local.b[*]
    content { v = z.value }
  }
}
