import { addresses, proxies, trust } from './cases/cluster.ts';
import { files, yaml } from './cases/file.ts';
import { mixed } from './cases/mixed.ts';
import { odd } from './cases/odd.ts';
import { pluginAnswers, plugins } from './cases/plugin.ts';
import { scalars } from './cases/scalars.ts';
import { impersonation, logins, users } from './cases/user.ts';
import type { ZooCase } from './judge.ts';

/** All of them, made from what a kubeconfig may hold: each field alone, and together with those that it competes with. */
export const cases: readonly ZooCase[] = [
	...files,
	...yaml,
	...scalars,
	...addresses,
	...trust,
	...proxies,
	...users,
	...logins,
	...impersonation,
	...plugins,
	...pluginAnswers,
	...mixed,
	...odd,
];
