using System.Collections.Immutable;
using System.Reflection;
using AV1Relay.Domain.Arrangements;
using AV1Relay.Domain.Contacts;
using AV1Relay.Domain.People;
using Xunit;

namespace AV1Relay.Tests.Unit.Domain.People;

/// <summary>
/// What is stored is written by its public properties and rebuilt by its one public constructor, whose parameters carry their names and types
/// (System.Text.Json asks for both).
/// </summary>
public sealed class RebuiltFromWhatIsKeptTests
{
    private static readonly string[] Folders = ["Arrangements", "Attend", "Contacts", "People", "Referrals"];

    private static readonly Type[] NeverKept =
    [
        typeof(ArrangementView), // made anew for each reader
        typeof(ContactsView), // likewise
    ];

    public static TheoryData<string> Kept => [.. KeptTypes().Select(type => type.FullName!)]; // not null: none is generic

    [Theory]
    [MemberData(nameof(Kept))]
    public void Its_one_constructor_takes_what_its_properties_give(string name)
    {
        var type = typeof(Act).Assembly.GetType(name, throwOnError: true)!; // or it throws
        var constructor = Assert.Single(type.GetConstructors());

        Assert.All(constructor.GetParameters(), parameter => Assert.Equal(parameter.ParameterType, PropertyOf(type, parameter)?.PropertyType));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Whatever_can_be_set_later_is_set_by_name_or_by_the_constructor(string name)
    {
        var type = typeof(Act).Assembly.GetType(name, throwOnError: true)!; // or it throws
        var parameters = type.GetConstructors()[0].GetParameters();

        Assert.All(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null),
            property => Assert.True(property.SetMethod!.IsPublic || parameters.Any(parameter => PropertyOf(type, parameter) == property), property.Name)); // has one
    }

    [Fact]
    public void Lists_can_not_change_once_they_are_read()
        => Assert.DoesNotContain(
            KeptTypes().SelectMany(type => type.GetConstructors()).SelectMany(constructor => constructor.GetParameters()),
            parameter => parameter.ParameterType.IsGenericType && parameter.ParameterType.GetGenericTypeDefinition() is var list
                && list != typeof(ImmutableArray<>) && list != typeof(Nullable<>));

    private static PropertyInfo? PropertyOf(Type type, ParameterInfo parameter)
        => type.GetProperty(parameter.Name!, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase); // not null: they have names

    private static IEnumerable<Type> KeptTypes() => typeof(Act).Assembly.GetTypes()
        .Where(type => Folders.Contains(type.Namespace?.Split('.')[^1]) && (type.IsPublic || type.IsNestedPublic))
        .Where(type => !type.IsEnum && !type.IsAbstract && !NeverKept.Contains(type));
}
