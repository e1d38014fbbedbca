/** What turns exported answers of AWS into nodes and edges without asking AWS, for who reads them from files. */
export {
  type AuthorizationDetails,
  findShapeFault,
  isAuthorizationDetails,
} from '@ag/collectors/iam/authorization-details-shape';
export { fromAuthorizationDetails, fromAwsManagedPolicies } from '@ag/collectors/iam/from-authorization-details';
export { awsRootUser } from '@ag/collectors/iam/principals';
export { key } from '@ag/collectors/kms/key';
export {
  organization,
  organizationRoot,
  organizationalUnit,
  resourceControlPolicy,
  serviceControlPolicy,
} from '@ag/collectors/organizations/node-types';
export { accountPublicAccessBlock } from '@ag/collectors/s3/account-public-access-block';
export { bucket } from '@ag/collectors/s3/bucket';
