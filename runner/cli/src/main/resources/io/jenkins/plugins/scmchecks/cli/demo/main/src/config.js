module.exports = {
  invoices: "acme-shop-invoices",
};
