import { EC2Client, paginateDescribeIamInstanceProfileAssociations } from '@aws-sdk/client-ec2';
import { date, defineResource, string } from '@ag/resource';
import { findEc2Arn } from './names.ts';

// It has no ARN. While a profile is replaced an instance has two: the old one ends when the new one is there.
export const instanceProfileAssociation = defineResource('Ec2InstanceProfileAssociation', {
  description: 'That an instance is given an instance profile, and how far that has come.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfileAssociation.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeIamInstanceProfileAssociations', async function* ({ client }) {
    const pages = paginateDescribeIamInstanceProfileAssociations({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.IamInstanceProfileAssociations ?? [];
  })
  .node(
    ({ item }) => {
      if (!item.AssociationId) throw new Error('the answer names no id of the association');
      return item.AssociationId;
    },
    {
      state: string('Associating, associated, disassociating or disassociated.', ({ item }) => item.State, {
        indexed: true,
      }),
      associatedAt: date('When the profile was given.', ({ item }) => item.Timestamp),
    },
  )
  .edge('ATTACHED_TO', 'Ec2Instance', 'The profile is given to the instance.', ({ item, place }) =>
    findEc2Arn(place, 'instance', item.InstanceId),
  )
  .edge(
    'USES',
    'IamInstanceProfile',
    'The association gives the instance this profile.',
    ({ item }) => item.IamInstanceProfile?.Arn,
  );
