// A certified login service for tests: node provider.mjs PORT REDIRECT_URI LOGOUT_URI
// Whoever logs in is the account of that name below. "/test/nonce" makes the next token carry another nonce.
import { Provider } from "oidc-provider";

const [port, redirectUri, logoutUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = {
  line: { name: "Line Askeløv", email: "line@fjordby.example", org: "fjordby", roles: ["AD-JOB"], unit: "Team Havnen", loa: "Substantial" },
  kaj: { name: "Kaj Tjørn", email: "kaj@fjordby.example", org: "fjordby", roles: ["AD-JOB", "AD-OTHER"], unit: "Team Havnen", loa: "https://data.gov.dk/concept/core/nsis/loa/High" },
  ida: { name: "Ida Slåen", email: "ida@fjordby.example", org: "fjordby", roles: ["AD-JOB"], unit: "Team Havnen", loa: "Low" },
  ulf: { name: "Ulf Hyld", email: "ulf@andet.example", org: "andet", roles: ["AD-JOB"], unit: "", loa: "High" },
  eva: { name: "Eva Pil", email: "eva@fjordby.example", org: "fjordby", roles: [], unit: "", loa: "High" },
};
let otherNonce = false;

const provider = new Provider(issuer, {
  clients: [{
    client_id: "jobformidler",
    token_endpoint_auth_method: "none",
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [logoutUri],
  }],
  claims: { openid: ["sub"], profile: ["name", "org", "roles", "unit", "loa"], email: ["email"] },
  cookies: { keys: ["only-for-tests"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  findAccount: (_ctx, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
});
provider.use(async (ctx, next) => {
  if (ctx.path === "/test/nonce") {
    otherNonce = true;
    ctx.body = "ok";
    return;
  }
  if (ctx.path === "/test/roles") {
    people.kaj.roles = (ctx.query.kaj || "").split(",").filter(Boolean);
    ctx.body = "ok";
    return;
  }
  if (ctx.path === "/auth" && otherNonce && ctx.query.nonce) {
    otherNonce = false;
    ctx.query = { ...ctx.query, nonce: "somebody-elses" };
  }
  await next();
});
provider.listen(Number(port), "127.0.0.1", () => console.log(`listening at ${issuer}`));
