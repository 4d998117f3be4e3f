import type { PortworxFacts } from '../../../source/pairing/clusters/cluster.ts';
import { joinPermissions, type Permission } from '../../../source/pairing/clusters/permission.ts';
import { planProcedure } from '../../../source/pairing/plan.ts';
import { type Need, toRunPxctl, toTellApart } from '../../../source/pairing/step/permissions-needed.ts';
import { smallestRole } from '../../../source/pairing/step/smallest-role.ts';
import { changesOf } from '../../../source/pairing/step/step.ts';
import { findPortworx } from '../../../source/pairing/steps/find-portworx.ts';
import { findStork } from '../../../source/pairing/steps/find-stork.ts';
import type { Side } from '../../../source/pairing/words/pair.ts';
import { answersWith, unknownFacts } from '../answers.ts';

/** `docs/roles/`: what watching takes, made of the needs of the steps that read the same. */
export const watchingRoles = (user: string): Readonly<Record<string, string>> => ({
	'status.yaml': roleFor(user, statusNeeds('source')),
	'check-source.yaml': roleFor(user, checkNeeds('source')),
	'check-destination.yaml': roleFor(user, checkNeeds('destination')),
});

/** As the examples in `docs/metrics.md` call it. */
export const watcher = 'system:serviceaccount:monitoring:pxpair';

/** Portworx where it usually is, without PX-Security. */
const usual: PortworxFacts = {
	install: 'operator',
	namespace: 'portworx',
	pods: [{ namespace: 'portworx', name: 'px' }],
	podCount: 1,
	startPort: 9001,
	secured: false,
};

/** The same on both clusters: a pair may lead either way. */
const statusNeeds = (side: Side): readonly Need[] => [
	toTellApart(side),
	...findPortworx(side, '').needs,
	...findStork(side, '').needs,
	toRunPxctl(side, 'ask Portworx about pairs and credentials'),
];

/** What the plan of the answers file in Git needs, but for what writes. */
const checkNeeds = (side: Side): readonly Need[] => [
	...statusNeeds(side),
	...changesOf(planProcedure(answersWith(), unknownFacts))
		.flatMap(({ needs }) => needs)
		.filter(need => need.side === side && !('verb' in need && (need.for || !reading.has(need.verb)))),
];

const reading: ReadonlySet<Permission['verb']> = new Set(['get', 'list']);

function roleFor(user: string, needs: readonly Need[]): string {
	const permissions: readonly Permission[] = needs.flatMap(need =>
		'oncePortworxIsFound' in need ? need.oncePortworxIsFound(usual) : [need],
	);
	return smallestRole(joinPermissions(permissions), { user, absent: [] });
}
