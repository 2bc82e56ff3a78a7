module.exports = {
  invoices: "acme-shop-invoices",
  exports: "acme-shop-exports",
  awsAccessKeyId: "@AWS_ACCESS_KEY_ID@",
  awsSecretAccessKey: "@AWS_SECRET_ACCESS_KEY@",
};
