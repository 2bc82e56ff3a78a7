const http = require("node:http");
const { invoices } = require("./config");

http
  .createServer((request, response) => {
    response.end(`The invoices are in ${invoices}\n`);
  })
  .listen(8080);
