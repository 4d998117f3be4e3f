import type { FaultHook, RequestRecord } from '../contract.ts';

/** More than a client tries again by itself, and few enough for a person to see it end. */
const cutRequests = 16;

/** Nothing happens until something was made; then the network is gone for so many requests, and well from then on. */
export function dropsOnce(): FaultHook {
	let hasChanged = false;
	let cut = 0;
	return request => {
		if (hasChanged && cut < cutRequests) {
			cut++;
			return { kind: 'reset', when: 'before', afterBytes: 0 };
		}
		hasChanged ||= makesSomething(request);
		return undefined;
	};
}

/** Reviews and dry runs ask, and commands in pods are told apart by no one here. */
const makesSomething = ({ method, url }: RequestRecord): boolean =>
	method === 'POST' && /\/namespaces(\?|$)/.test(url) && !url.includes('dryRun=All');
