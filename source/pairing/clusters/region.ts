import type { PlatformRow } from './platform-row.ts';
import type { PlatformEvidence } from './platform-signs.ts';

/** The label first, for a zone does not always begin with its region. Nodes in several regions have none in common. */
export function whereabouts(
	{ nodes = [], infrastructure }: PlatformEvidence,
	row: PlatformRow | undefined,
): Readonly<{ region?: string; projectId?: string }> {
	const { aws, gcp, ibmcloud } = infrastructure?.status?.platformStatus ?? {};
	const ids = nodes.map(({ spec }) => spec?.providerID ?? '');
	const labels = nodes.map(({ metadata }) => metadata.labels ?? {});
	const label = (name: string) => common(labels.map(values => values[name]));
	const region =
		label('topology.kubernetes.io/region') ??
		label('failure-domain.beta.kubernetes.io/region') ??
		common(ids.map(id => row?.region?.exec(id)?.[1])) ??
		aws?.region ??
		gcp?.region ??
		ibmcloud?.location;
	const projectId = common(ids.map(id => row?.project?.exec(id)?.[1])) ?? gcp?.projectID;
	return {
		...(region && /^[\w.-]{1,63}$/.test(region) && { region }),
		...(projectId && /^[\w.:-]{1,63}$/.test(projectId) && { projectId }),
	};
}

/** What all say that say anything. */
function common(values: readonly (string | undefined)[]): string | undefined {
	const said = new Set(values.filter(value => value !== undefined && value !== ''));
	return said.size === 1 ? [...said][0] : undefined;
}
