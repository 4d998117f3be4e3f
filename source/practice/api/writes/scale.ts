import type { KubeObject } from '../../contract.ts';
import type { Answer, ApiRequest, Cluster, Target } from '../cluster.ts';
import { badRequest } from '../failures.ts';
import { isRecord, recordOf } from '../json.ts';
import { mediaType, readBody } from '../wire/read-body.ts';
import { current, patcherOf, replace } from './change.ts';

/** How many replicas a workload wants and has, as a small object of its own: what `kubectl scale` reads and writes. */
export function scaleObject(cluster: Cluster, request: ApiRequest, target: Target, verb: string): Answer {
	const workload = current(cluster, target);
	if (verb === 'get') return answer(scaleOf(workload));
	const body = readBody(request);
	const wanted = verb === 'patch' ? patcherOf(mediaType(request), target)(scaleOf(workload), body) : body;
	const { metadata, spec } = recordOf(wanted);
	const { replicas } = recordOf(spec);
	if (!isRecord(wanted) || (replicas !== undefined && typeof replicas !== 'number'))
		throw badRequest('the object provided is unrecognized (must be of type Scale)');
	const next = {
		...workload,
		metadata: { ...workload.metadata, resourceVersion: String(recordOf(metadata).resourceVersion ?? '') },
		spec: { ...recordOf(workload.spec), replicas: replicas ?? 0 },
	};
	return answer(scaleOf(replace(cluster, request, { ...target, subresource: undefined }, workload, next)));
}

function scaleOf({ metadata, spec, status }: KubeObject): object {
	const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
	const { replicas, selector } = recordOf(spec);
	const labels = recordOf(recordOf(selector).matchLabels ?? selector);
	const selected = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
		spec: { ...(replicas !== 0 && { replicas }) },
		status: { replicas: recordOf(status).replicas ?? 0, selector: selected.toSorted().join(',') },
	};
}

function answer(body: object): Answer {
	return { kind: 'json', code: 200, body };
}
