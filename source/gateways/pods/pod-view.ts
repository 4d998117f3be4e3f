import { X509Certificate } from 'node:crypto';
import type { PortworxFacts } from '../../pairing/clusters/cluster.ts';
import type { PodAnswer, PodRequest, PodView } from '../../pairing/clusters/ports.ts';
import { attempt } from '../../pairing/words/json.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { fail } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { bare, curlInPod, dateInPod, type PodCurl, type ProbeResult, portOf } from './pod-probe.ts';
import { causeOf, certificateFailed } from './reach-failure.ts';
import { tryStore } from './store-trial.ts';

export function podView(connection: Connection, portworx: () => Promise<PortworxFacts>): PodView {
	const { side } = connection;
	const curl = async (request: PodCurl) => curlInPod(connection, await portworx(), request);

	const clock = remember(async () => {
		const facts = await portworx();
		const before = Date.now();
		const { stdout, shown } = await dateInPod(connection, facts);
		const after = Date.now();
		// Busybox and others have no nanoseconds.
		const [, seconds, fraction] = /^(\d{9,11})(?!\d)(?:\.(\d{9}))?/.exec(stdout.trim()) ?? [];
		if (seconds === undefined) {
			return fail({
				id: 'pod-clock-unreadable',
				side,
				title: `The clock of a Portworx node can't be read on the ${side} cluster`,
				evidence: `date: ${outsideText(shown(stdout)).slice(0, 80) || 'no output'}`,
				remedies: ['Compare the clocks by hand: date, on a node and here.'],
			});
		}
		return {
			ahead: Number(seconds) * 1000 + Number(fraction ?? 0) / 1e6 - (before + after) / 2,
			// Date.now() leaves out up to a millisecond at either end.
			uncertainty: (after - before) / 2 + 1 + (fraction === undefined ? 1000 : 0),
		};
	});

	return {
		clock,
		ask: request => ask(curl, request),
		/** As Portworx will send it, which signs by the clock of its node. */
		tryStore: async credential => {
			const { ahead } = await clock();
			return tryStore({ side, curl, now: () => new Date(Date.now() + ahead) }, credential);
		},
	};
}

async function ask(
	curl: (request: PodCurl) => Promise<ProbeResult>,
	{ url: text, ca, serverName }: PodRequest,
): Promise<PodAnswer> {
	const address = attempt(() => new URL(text));
	if (!address || !/^https?:$/.test(address.protocol)) {
		return { kind: 'failed', cause: 'other', because: `${outsideText(text)} is not an address` };
	}
	const url = new URL(address);
	if (serverName !== undefined && url.protocol === 'https:') {
		url.hostname = serverName;
	}
	const connectTo = { host: bare(address.hostname), port: portOf(address) };
	const where = { url, ...(url.hostname !== address.hostname && { connectTo }) };
	if (ca === undefined || address.protocol === 'http:') {
		return answerOf(await curl({ ...where, trust: 'none' }), undefined);
	}
	const verified = await curl({ ...where, trust: { ca } });
	if (verified.kind !== 'failed' || !certificateFailed(verified)) {
		return answerOf(verified, true);
	}
	// Some curls cannot read a CA from a pipe, which says nothing about the server.
	const trusted = verified.code === exitOfBadCa && isCertificate(ca) ? undefined : false;
	const answer = answerOf(await curl({ ...where, trust: 'none' }), trusted);
	return answer.kind === 'answered' ? { ...answer, because: verified.because } : answer;
}

const exitOfBadCa = 77;

const isCertificate = (pem: string): boolean => attempt(() => new X509Certificate(pem)) !== undefined;

function answerOf(result: ProbeResult, trusted: boolean | undefined): PodAnswer {
	switch (result.kind) {
		case 'answered':
			return { kind: 'answered', status: result.status, body: result.shown(result.body), trusted };
		case 'failed':
			return { kind: 'failed', cause: causeOf(result), because: result.because };
		case 'connected':
			return result.code === 0
				? { kind: 'open', because: 'the port takes connections; the pod has no curl to ask with' }
				: bashSaid(result);
		case 'untested':
			return { kind: 'untested', because: result.because };
	}
}

/** A bash may be built without connections; then it speaks of a file. */
function bashSaid({ code, words, because }: Extract<ProbeResult, { kind: 'connected' }>): PodAnswer {
	return /no such file/i.test(words)
		? { kind: 'untested', because: 'the pod has no curl' }
		: { kind: 'failed', cause: code === 124 ? 'timeout' : causeOf({ code: 7, words }), because };
}
