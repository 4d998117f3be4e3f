import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import { accountFor, bindingManifest } from '../cluster-pair/account.ts';
import { ownObject } from '../cluster-pair/own-object.ts';
import { clusterRoleBindingType, clusterRoleType } from '../clusters/kubernetes.ts';
import type { ObjectOf } from '../clusters/resource-type.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import { fail } from '../words/problem.ts';
import { command } from '../words/way.ts';

export const bindAccount = (way: Direction, pair: PairAnswers, preview: Manifest): Step => {
	const { to } = way;
	const why = 'bind the ServiceAccount of the pair';
	const account = ({ world }: StepContext) => accountFor(world, way, pair);
	return {
		id: `bind-account/${to}`,
		title: {
			plan: `Bind the ServiceAccount to cluster-admin on the ${to}`,
			doing: `Binding the ServiceAccount to cluster-admin on the ${to}…`,
			holds: `The ServiceAccount is cluster-admin on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', clusterRoleBindingType, why),
			may(to, 'create', clusterRoleBindingType, why),
			may(to, 'bind', clusterRoleType, why, { name: 'cluster-admin' }),
			may(to, 'delete', clusterRoleBindingType, 'undo the binding of the ServiceAccount', {
				for: 'undo',
			}),
		],
		async check(context) {
			const { name, namespace } = await account(context);
			const found = await context.world[to].api.get(clusterRoleBindingType, name);
			if (!found) {
				return { kind: 'absent', because: `there is no ClusterRoleBinding ${name}` };
			}
			if (!bindsTo(found, name, namespace)) {
				return fail({
					id: 'binding-differs',
					title: `The ${to} has a ClusterRoleBinding ${name} that is not as planned`,
					side: to,
					evidence: `ClusterRoleBinding ${name} does not bind ${namespace}/${name} to cluster-admin`,
					remedies: [
						command(
							'Look at it, and delete it if no one needs it',
							shell`kubectl --context ${context.world[to].context} describe clusterrolebinding/${name}`,
						),
					],
				});
			}
			return { kind: 'holds', evidence: `ClusterRoleBinding ${name}` };
		},
		change: {
			makes: `the ClusterRoleBinding of the pair on the ${to}`,
			...ownObject({
				...{ way, pair, type: clusterRoleBindingType, manifest: bindingManifest },
				content: ['subjects', 'roleRef'],
			}),
		},
	};
};

const bindsTo = (
	{ roleRef, subjects }: ObjectOf<typeof clusterRoleBindingType>,
	name: string,
	namespace: string,
): boolean =>
	roleRef.name === 'cluster-admin' &&
	(subjects ?? []).some(
		subject => subject.kind === 'ServiceAccount' && subject.name === name && subject.namespace === namespace,
	);
