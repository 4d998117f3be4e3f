import type { Problem } from './problem.ts';
import { versionOf } from './version.ts';

/** Portworx 2: the documented procedure, in the last edition that describes `storkctl generate clusterpair` in full. */
const edition2 = 'https://2.11.docs.portworx.com/operations/operate-kubernetes/migration/';
/** Portworx 3 and later: the same procedure on a page of its own, in the last edition that has it. Only of its headings that were seen is an anchor known. */
const edition3 =
	'https://docs.portworx.com/portworx-enterprise/3.1/shared/portworx-install-with-kubernetes-cluster-pair';
const prerequisites3 = 'https://docs.portworx.com/portworx-enterprise/3.1/shared/migration-with-stork';

/** Each page in the edition for Portworx 2, and in the one for later versions. */
export const editions = {
	prerequisites: [`${edition2}#prerequisites`, prerequisites3],
	procedure: [`${edition2}#generate-and-apply-a-clusterpair-spec`, edition3],
	credentials: [
		`${edition2}#create-object-store-credentials-for-cloud-clusters`,
		`${edition3}#create-object-store-credentials-for-cloud-clusters`,
	],
	generate: [`${edition2}#generate-a-clusterpair-on-the-destination-cluster`, edition3],
	token: [`${edition2}#show-your-destination-cluster-token`, edition3],
	apply: [`${edition2}#apply-the-generated-clusterpair-on-the-source-cluster`, edition3],
	verify: [`${edition2}#verifying-the-pair-status`, edition3],
} as const;

type Page = keyof typeof editions;

/** Links of the edition that describes the procedure in full; `docsFor` has the one for a cluster. */
export const docs = {
	...(Object.fromEntries(Object.entries(editions).map(([page, [first]]) => [page, first])) as Readonly<
		Record<Page, string>
	>),
	serviceAccount: 'https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets',
};

/** @param version of Portworx as found on the cluster; undefined: not known */
export function docsFor(link: string, version: string | undefined): string {
	const [major = 0] = versionOf(version) ?? [];
	const page = major < 3 ? undefined : Object.values(editions).find(([first]) => first === link);
	return page?.[1] ?? link;
}

/** With the links for that version of Portworx. */
export const inEdition = (problem: Problem, version: string | undefined): Problem => ({
	...problem,
	...(problem.docs !== undefined && { docs: docsFor(problem.docs, version) }),
	...(problem.others && { others: problem.others.map(other => inEdition(other, version)) }),
});
