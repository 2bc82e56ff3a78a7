// Turns the declarations that openapi-typescript has made of an OpenAPI description back into one:
//   node openapi-of-types.js typescript.js openapi-typescript.d.ts > openapi.json
// Types, required fields, enumerations, paths, parameters, bodies and answers come back; lengths and patterns do not.
const fs = require('fs');
const [, , compiler, types] = process.argv;
const ts = require(require('path').resolve(compiler));
const file = ts.createSourceFile(types, fs.readFileSync(types, 'utf8'), ts.ScriptTarget.Latest, true);
const declared = {};
file.statements.filter(ts.isInterfaceDeclaration).forEach(i => { declared[i.name.text] = i; });

const name = member => member.name.text;
const members = node => (node && node.members ? node.members : []).filter(ts.isPropertySignature);
const member = (node, wanted) => { const m = members(node).find(m => name(m) === wanted); return m && plain(m.type); };
const absent = type => !type || type.kind === ts.SyntaxKind.NeverKeyword;

function plain(type) {
  if (type && ts.isParenthesizedTypeNode(type)) return plain(type.type);
  if (type && ts.isTypeOperatorNode(type)) return plain(type.type);
  if (type && ts.isTypeReferenceNode(type) && type.typeName.text === 'Readonly') return plain(type.typeArguments[0]);
  return type;
}

function schema(node) {
  const type = plain(node);
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword: return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword: return { type: 'boolean' };
  }
  if (ts.isLiteralTypeNode(type)) {
    if (type.literal.kind === ts.SyntaxKind.NullKeyword) return { nullable: true };
    if (ts.isStringLiteral(type.literal)) return { type: 'string', enum: [type.literal.text] };
    return { enum: [JSON.parse(type.literal.getText())] };
  }
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schema(type.elementType) };
  if (ts.isIndexedAccessTypeNode(type)) return { $ref: '#/components/schemas/' + type.indexType.literal.text };
  if (ts.isIntersectionTypeNode(type)) return { allOf: type.types.map(schema) };
  if (ts.isUnionTypeNode(type)) {
    const parts = type.types.map(schema);
    return parts.every(p => p.enum) ? { type: 'string', enum: parts.flatMap(p => p.enum) } : { anyOf: parts };
  }
  if (ts.isTypeLiteralNode(type)) {
    const fields = members(type);
    const properties = Object.fromEntries(fields.map(f => [name(f), schema(f.type)]));
    const required = fields.filter(f => !f.questionToken).map(name);
    const object = { type: 'object', properties };
    if (required.length) object.required = required;
    if (type.members.some(ts.isIndexSignatureDeclaration)) object.additionalProperties = true;
    return object;
  }
  return ts.isTypeReferenceNode(type) && type.typeName.text === 'Record' ? { type: 'object' } : {};
}

function content(node) {
  const found = {};
  members(node).forEach(m => { if (!absent(plain(m.type))) found[name(m)] = { schema: schema(m.type) }; });
  return Object.keys(found).length ? found : undefined;
}

function parameters(node) {
  return ['query', 'header', 'path'].flatMap(place => {
    const group = member(node, place);
    return absent(group) ? [] : members(group).map(m => ({
      name: name(m), in: place, required: place === 'path' || !m.questionToken, schema: schema(m.type) }));
  });
}

function operation(node, shared) {
  const own = parameters(member(node, 'parameters'));
  const result = { parameters: own.concat(shared.filter(s => !own.some(o => o.in === s.in && o.name === s.name))), responses: {} };
  const body = members(node).find(m => name(m) === 'requestBody');
  if (body && !absent(plain(body.type))) {
    const kinds = content(member(plain(body.type), 'content'));
    if (kinds) result.requestBody = { required: !body.questionToken, content: kinds };
  }
  members(member(node, 'responses')).forEach(m => {
    const kinds = content(member(plain(m.type), 'content'));
    result.responses[name(m)] = { description: '', ...(kinds && { content: kinds }) };
  });
  return result;
}

const operations = Object.fromEntries(members(declared.operations).map(m => [name(m), plain(m.type)]));
const paths = {};
members(declared.paths).forEach(path => {
  const item = plain(path.type);
  const shared = parameters(member(item, 'parameters'));
  paths[name(path)] = {};
  ['get', 'put', 'post', 'delete', 'patch'].forEach(method => {
    const type = member(item, method);
    if (absent(type)) return;
    const node = ts.isIndexedAccessTypeNode(type) ? operations[type.indexType.literal.text] : type;
    paths[name(path)][method] = operation(node, shared);
  });
});
const schemas = Object.fromEntries(
  members(member(declared.components, 'schemas')).map(m => [name(m), schema(m.type)]));
console.log(JSON.stringify({ openapi: '3.0.1', info: { title: types, version: '1' }, paths, components: { schemas } }));
