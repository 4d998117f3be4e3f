import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import { accountFor, accountNamespace, serviceAccountManifest } from '../cluster-pair/account.ts';
import { ownObject } from '../cluster-pair/own-object.ts';
import { isOurs, ownLabel } from '../cluster-pair/ownership.ts';
import { serviceAccountType } from '../clusters/kubernetes.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step, StepContext } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Manifest } from '../words/manifest.ts';
import { fail } from '../words/problem.ts';
import { answer } from '../words/way.ts';

/** The first of three steps after which the pair need not carry the operator's own credentials. */
export const ensureAccount = (way: Direction, pair: PairAnswers, preview: Manifest): Step => {
	const { to } = way;
	const why = 'create a ServiceAccount for the pair';
	const where = { namespace: accountNamespace };
	const account = ({ world }: StepContext) => accountFor(world, way, pair);
	return {
		id: `ensure-account/${to}`,
		title: {
			plan: `Create a ServiceAccount for the pair on the ${to}`,
			doing: `Creating a ServiceAccount for the pair on the ${to}…`,
			holds: `The pair has a ServiceAccount on the ${to}`,
		},
		on: to,
		docs: docs.serviceAccount,
		preview: [{ kind: 'manifest', verb: 'create', on: to, manifest: preview }],
		needs: [
			may(to, 'get', serviceAccountType, why, where),
			may(to, 'create', serviceAccountType, why, where),
			may(to, 'delete', serviceAccountType, 'undo the ServiceAccount of the pair', {
				...where,
				for: 'undo',
			}),
		],
		async check(context) {
			const { name, namespace } = await account(context);
			const found = await context.world[to].api.get(serviceAccountType, name, namespace);
			if (!found) {
				return { kind: 'absent', because: `there is no ServiceAccount ${namespace}/${name}` };
			}
			if (!isOurs(found)) {
				return fail({
					id: 'account-of-another',
					title: `The ${to} has a ServiceAccount ${name} that pxpair did not create`,
					side: to,
					evidence: `ServiceAccount ${namespace}/${name} lacks the label ${ownLabel}`,
					remedies: [answer('Remove it, or give this pair another name', 'pair.name')],
				});
			}
			return { kind: 'holds', evidence: `${namespace}/${name}` };
		},
		change: {
			makes: `the ServiceAccount of the pair on the ${to}`,
			...ownObject({ way, pair, type: serviceAccountType, manifest: serviceAccountManifest }),
		},
	};
};
