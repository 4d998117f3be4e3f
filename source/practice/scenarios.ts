import { kubeconfigScenarios } from './scenarios/kubeconfigs.ts';
import { kubernetesScenarios } from './scenarios/kubernetes.ts';
import { platformScenarios } from './scenarios/platforms.ts';
import { portworxScenarios } from './scenarios/portworx.ts';

export type { Scenario } from './scenarios/two-clusters.ts';

export type ScenarioName = keyof typeof scenarios;

/** By name, as `--scenario` takes it. */
export const scenarios = {
	...platformScenarios,
	...portworxScenarios,
	...kubernetesScenarios,
	...kubeconfigScenarios,
} as const;
