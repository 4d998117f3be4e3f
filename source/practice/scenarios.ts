import { kubeconfigScenarios } from './scenarios/kubeconfigs.ts';
import { kubernetesScenarios } from './scenarios/kubernetes.ts';
import { migrationScenarios } from './scenarios/migrations.ts';
import { platformScenarios } from './scenarios/platforms.ts';
import { portworxScenarios } from './scenarios/portworx.ts';
import { rotationScenarios } from './scenarios/rotations.ts';
import type { Scenario } from './scenarios/two-clusters.ts';

export type { Scenario } from './scenarios/two-clusters.ts';

export type ScenarioName = keyof typeof scenarios;

/** By name, as `--scenario` takes it. */
export const scenarios = {
	...platformScenarios,
	...portworxScenarios,
	...kubernetesScenarios,
	...kubeconfigScenarios,
	...migrationScenarios,
	...rotationScenarios,
} as const;

/** The same, by what they are about. */
export const scenarioGroups: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
	'Where the clusters run': platformScenarios,
	'Portworx and the object store': portworxScenarios,
	'Stork, other pairs and permissions': kubernetesScenarios,
	'The way there and the login': kubeconfigScenarios,
	'Ready, and yet nothing arrives (pxpair prove)': migrationScenarios,
	'Secrets that are replaced (pxpair rotate)': rotationScenarios,
};
