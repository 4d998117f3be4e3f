import type { CredentialOf } from '../../pairing/answers/credential.ts';
import type { StoreTrial } from '../../pairing/clusters/ports.ts';
import { attempt } from '../../pairing/words/json.ts';
import { shortLine } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import type { PodCurl, ProbeResult } from './pod-probe.ts';
import { causeOf } from './reach-failure.ts';
import { storeProblem } from './store-words.ts';

/** Only a mount tells whether the folder is exported to a node, and that is Portworx's to do: what can be tried is the port. */
export async function tryShare(
	{ side, curl }: Readonly<{ side: Side; curl(request: PodCurl): Promise<ProbeResult> }>,
	{ server, exportPath, mountOptions }: CredentialOf<'nfs'>,
): Promise<StoreTrial> {
	const port = /(?:^|,)port=(\d{1,5})(?:,|$)/.exec(mountOptions ?? '')?.[1] ?? '2049';
	const host = server.includes(':') ? `[${server}]` : server;
	const url = attempt(() => new URL(`http://${host}:${port}/`));
	if (!url) {
		return { kind: 'untried', because: 'its address is not valid' };
	}
	const result = await curl({ url, trust: 'system' });
	const failure = reachFailure(result);
	if (failure !== undefined) {
		return {
			kind: 'refused',
			problem: storeProblem(
				side,
				'store-unreachable',
				`${host}:${port}: ${shortLine(failure)}; asked from pod ${result.pod.name}`,
				'nfs',
			),
		};
	}
	return {
		kind: 'untried',
		because:
			result.kind === 'untested'
				? result.because
				: `${host}:${port} takes connections from pod ${result.pod.name}; whether it exports ${exportPath} to this node is known once Portworx mounts it`,
	};
}

/** What speaks NFS has no answer to HTTP, and hangs up or stays silent: it was reached anyway. */
function reachFailure(result: ProbeResult): string | undefined {
	if (result.kind !== 'failed' && result.kind !== 'connected') {
		return undefined;
	}
	const cause = causeOf(result);
	const isConnectTimeout = cause === 'timeout' && !/operation timed out/i.test(result.words);
	return result.code !== 0 &&
		(cause === 'refused' || cause === 'unknown-host' || cause === 'no-route' || isConnectTimeout)
		? result.because
		: undefined;
}
