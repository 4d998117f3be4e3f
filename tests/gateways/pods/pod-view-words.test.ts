import { expect, test } from 'vitest';
import { podView } from '../../../source/gateways/pods/pod-view.ts';
import { causeOf } from '../../../source/gateways/pods/reach-failure.ts';
import { type StoreAnswer, verdictOn } from '../../../source/gateways/stores/store-answer.ts';
import type { Provider } from '../../../source/pairing/answers/providers.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { connectionTo, entryFor } from '../../helpers/clusters/api-stub.ts';
import { eachPod } from '../../helpers/clusters/pod-files.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';

// The words are those of curl 7.29, 7.61 and 8.5.
test.each([
	[6, 'Could not resolve host: x; Name or service not known', 'unknown-host'],
	[7, 'Failed connect to 10.0.0.1:443; Connection refused', 'refused'],
	[7, "Failed to connect to 10.0.0.1 port 443 after 0 ms: Couldn't connect to server", 'refused'],
	[7, 'Failed connect to 10.0.0.1:443; Connection timed out', 'timeout'],
	[7, 'Failed to connect to 10.0.0.1 port 443: No route to host', 'no-route'],
	[7, 'Failed to connect to 10.0.0.1 port 443: Network is unreachable', 'no-route'],
	[28, 'Connection timed out after 5001 milliseconds', 'timeout'],
	[35, 'error:0A00010B:SSL routines::wrong version number', 'tls'],
	[35, 'OpenSSL SSL_connect: Connection reset by peer in connection to x:443', 'reset'],
	[51, "SSL: certificate subject name (x) does not match target host name 'y'", 'tls'],
	[60, "Peer's Certificate issuer is not recognized.", 'tls'],
	[52, 'Empty reply from server', 'reset'],
	[56, 'Recv failure: Connection reset by peer', 'reset'],
	[1, 'Received HTTP/0.9 when not allowed', 'other'],
])('curl %i, %s: %s', (code, words, cause) => {
	expect(causeOf({ code, words })).toBe(cause);
});

const azure = 'HTTP/1.1 403 No\r\nx-ms-request-id: 1\r\n';
const error = (code: string, more = '') => `<Error><Code>${code}</Code><Message>m</Message>${more}</Error>`;

test.each<[Provider, Partial<StoreAnswer>, object]>([
	['s3', { status: 403, body: error('InvalidAccessKeyId') }, { id: 'store-unknown-key' }],
	['s3', { status: 403, body: error('RequestTimeTooSkewed') }, { id: 'store-clock' }],
	['s3', { status: 400, body: error('AuthorizationHeaderMalformed') }, { id: 'store-region' }],
	['s3', { status: 403, body: error('AccessDenied') }, { kind: 'denied', said: 'AccessDenied: m' }],
	['s3', { status: 403, body: '<html>' }, { kind: 'unclear', said: 'not an object store response' }],
	['s3', { status: 400, body: 'The plain HTTP request was sent to HTTPS port' }, { id: 'store-tls' }],
	['azure', { status: 403, head: azure, body: error('AuthorizationFailure') }, { id: 'store-denied' }],
	[
		'azure',
		{ status: 403, head: azure, body: error('KeyBasedAuthenticationNotPermitted') },
		{ id: 'store-denied', remedies: [expect.stringContaining('allowSharedKeyAccess')] },
	],
	[
		'azure',
		{
			status: 403,
			head: azure,
			body: error('AuthenticationFailed', "<D>Request date header too old: 'x'</D>"),
		},
		{ id: 'store-clock' },
	],
	['azure', { status: 200, head: 'HTTP/1.1 200 OK\r\n' }, { kind: 'unclear' }],
	[
		'azure',
		{ status: 503, head: azure, body: error('ServerBusy') },
		{ kind: 'unknown', said: 'ServerBusy: m' },
	],
	['google', { status: 200, head: 'Content-Type: text/html\r\n' }, { kind: 'unclear' }],
	[
		'google',
		{ status: 401, head: 'Content-Type: application/json\r\n', body: '{"error":"invalid_client"}' },
		{ id: 'store-unknown-key' },
	],
	['google', { status: 500, head: 'Content-Type: application/json\r\n', body: '{}' }, { kind: 'unknown' }],
])('%s answers %o', (provider, answer, verdict) => {
	expect(verdictOn(provider, { status: 0, head: '', body: '', ...answer })).toMatchObject(verdict);
});

/** From pods whose curl says so, over a login that has this for a secret. */
async function viewOver(secret: string, curl = '') {
	const { cluster, discovery } = await practiceSide(
		{},
		{
			prepare: pods =>
				eachPod(pods, files => void (curl && files.write('/usr/bin/curl', `#!/bin/sh\n${curl}\n`, 0o755))),
		},
	);
	const connection = connectionTo(entryFor(cluster, { user: { token: cluster.token } }));
	return podView({ ...connection, secrets: [new Secret(secret)] }, () => discovery.portworx());
}

test('a secret of one digit does not hide the time', async () => {
	const { ahead } = await (await viewOver('1')).clock();
	expect(Math.abs(ahead)).toBeLessThan(60_000);
});

test('a secret that is also a word of curl hides no cause, and is not told', async () => {
	const view = await viewOver('route', 'echo "curl: (7) connect to x: No route to host" >&2; exit 7');
	const answer = await view.ask({ url: 'https://x.example' });
	expect(answer).toMatchObject({ kind: 'failed', cause: 'no-route' });
	expect(JSON.stringify(answer)).not.toContain('No route');
});
