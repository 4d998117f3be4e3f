import { machine } from './machine.ts';
import { pair } from './pair.ts';
import { portworx } from './portworx.ts';
import { proof } from './proof.ts';
import { reaching } from './reaching.ts';
import type { Sections } from './section.ts';
import { store } from './store.ts';
import { travel } from './travel.ts';

/** Every problem has its section: one without does not compile. */
export const sections = {
	...reaching,
	...machine,
	...portworx,
	...travel,
	...store,
	...pair,
	...proof,
};

/** In the order of docs/problems.md. */
export const sectionGroups: Readonly<Record<string, Sections>> = {
	'Reaching an API server': reaching,
	'Files, flags and records': machine,
	'Portworx, Stork and permissions': portworx,
	'Between the clusters': travel,
	'The object store and its credential': store,
	'The ClusterPair and its objects': pair,
	'Proving a pair': proof,
};
