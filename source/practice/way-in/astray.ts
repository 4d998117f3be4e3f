import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import type { Authority } from '../certificates.ts';
import type { ClusterPlan } from '../cluster-plan.ts';
import { type Listening, listenOnLoopback } from './loopback.ts';

/** What listens where a kubeconfig leads astray; nothing for those that point to an API server, or to no one. */
export function startAstray(
	access: ClusterPlan['access'],
	authority: Authority,
): Promise<Listening> | undefined {
	switch (access) {
		case 'to-silence':
			return listenOnLoopback(createServer());
		case 'to-a-web-page':
			return listenOnLoopback(httpsServer(authority, answerWebPage));
		case 'to-half-answers':
			return listenOnLoopback(httpsServer(authority, answerHalf));
		case 'here':
		case 'here-with-refused-token':
		case 'to-closed-port':
		case 'to-the-other':
			return undefined;
	}
}

/** Its certificate is as good as the API server's: what is wrong shows only in the answers. */
function httpsServer(authority: Authority, answer: RequestListener) {
	const { certPem, keyPem } = authority.server();
	return createHttpsServer({ cert: certPem, key: keyPem }, answer);
}

const webPage = `<!doctype html>
<html lang="en">
<head><title>Log in</title></head>
<body><form method="post" action="/login"><input name="user"><input name="password" type="password"></form></body>
</html>
`;

const answerWebPage: RequestListener = (_request, response) => {
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
	response.end(webPage);
};

const wholeAnswer = JSON.stringify({
	kind: 'List',
	apiVersion: 'v1',
	metadata: { resourceVersion: '600' },
	items: [],
});

const answerHalf: RequestListener = (_request, response) => {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': wholeAnswer.length });
	response.write(wholeAnswer.slice(0, wholeAnswer.length / 2), () => response.destroy());
};
