using System.Reflection;
using System.Runtime.CompilerServices;
using AV1Relay.Domain.People;
using AV1Relay.Domain.Plans;
using AV1Relay.Domain.Reviews;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.Plans;

/// <summary>A record prints all that it holds, unless it says otherwise: what is written to a log by mistake must not tell a pupil's story.</summary>
public sealed class PersonalWordsTests
{
    private static readonly string?[] Namespaces = [typeof(SupportPlan).Namespace, typeof(Review).Namespace];

    [Fact]
    public void No_record_of_plans_and_reviews_prints_words_or_ratings()
        => Assert.DoesNotContain(
            typeof(SupportPlan).Assembly.GetTypes(), type => Namespaces.Contains(type.Namespace) && HoldsWords(type) && PrintsAll(type));

    [Fact]
    public void What_the_pupil_said_is_not_printed() => Assert.Equal(nameof(PupilsSay), PlanFixture.Say().ToString());

    private static bool HoldsWords(Type type)
        => typeof(RatingsSeen).IsAssignableFrom(type) || type.GetProperties().Any(property => IsWords(property.PropertyType));

    private static bool IsWords(Type type) => type == typeof(string)
        || type == typeof(Act) // with its reason
        || typeof(IEnumerable<string>).IsAssignableFrom(type)
        || typeof(RatingsSeen).IsAssignableFrom(type);

    private static bool PrintsAll(Type type)
        => type.GetMethod(nameof(ToString), Type.EmptyTypes)!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;
}
