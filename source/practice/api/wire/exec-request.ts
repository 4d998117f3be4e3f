import type { ExecRequest, KubeObject } from '../../contract.ts';
import { resources } from '../../resources.ts';
import { notAllowed } from '../access/authorization.ts';
import type { Answer, ApiRequest, Cluster } from '../cluster.ts';
import { containerOf } from '../containers.ts';
import { badRequest, noSuchResource, notFound, refuse } from '../failures.ts';
import { attributesOf } from '../handle.ts';
import { recordOf } from '../json.ts';
import { type ResourceRoute, routeOf } from '../route.ts';

/** What an upgrade request asks to run, or the answer that says no. Throws refusals. */
export function execRequestOf(cluster: Cluster, request: ApiRequest): ExecRequest | Answer {
	const route = routeOf(request.method, request.path, request.query);
	if (route.kind === 'path' || route.plural !== 'pods' || route.subresource !== 'exec')
		throw noSuchResource();
	checkAccess(cluster, request, route);

	const { namespace = '', name = '' } = route;
	const pod = cluster.store.get(resources.pods, namespace, name);
	if (!pod) throw notFound(resources.pods, name);
	const { query } = request;
	const container = containerOf(pod, query.get('container') ?? '');
	checkPhase(pod, container);
	const [stdin, stdout, stderr, tty] = ['stdin', 'stdout', 'stderr', 'tty'].map(isOn(query)) as Flags;
	if (!stdin && !stdout && !stderr)
		return { kind: 'text', code: 400, body: 'you must specify at least 1 of stdin, stdout, stderr' };
	const command = query.getAll('command');
	return { namespace, pod: name, container, command, stdin, stdout, stderr: stderr && !tty, tty };
}

type Flags = [boolean, boolean, boolean, boolean];

/** An upgrade is a GET, which alone would let those in who may only read; so new servers ask for `create` as well. */
function checkAccess(cluster: Cluster, { user }: ApiRequest, route: ResourceRoute): void {
	for (const verb of new Set([route.verb, 'create'])) {
		const attributes = attributesOf({ ...route, verb });
		const decision = cluster.authorize(user, attributes);
		if (!decision.allowed) throw notAllowed(user, attributes, decision);
	}
}

function checkPhase({ status }: KubeObject, container: string): void {
	const { phase } = recordOf(status);
	if (phase === 'Succeeded' || phase === 'Failed')
		throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
	if (phase !== 'Running')
		throw refuse(
			500,
			'InternalError',
			`Internal error occurred: unable to upgrade connection: container not found ("${container}")`,
			{ causes: [{ message: `unable to upgrade connection: container not found ("${container}")` }] },
		);
}

function isOn(query: URLSearchParams): (flag: string) => boolean {
	return flag => ['true', '1'].includes(query.get(flag) ?? '');
}
