using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Reading;

/// <summary>Where in a row the things stand that every feed is asked about: who, born when, from which village, under which key.</summary>
/// <remarks>Positions in the feed's fields; -1 where the feed has no such field.</remarks>
internal sealed class FeedShape
{
    public FeedShape(FeedDefinition feed)
    {
        Feed = feed;
        Name = Of("name") is >= 0 and var name ? name : Of(FieldType.Name);
        Number = Of(FieldType.Certificate) is >= 0 and var certificate ? certificate : Of(FieldType.Id);
        Birth = Of("birth");
        Village = Of(FieldType.Village);
        Town = Of("town");
        Household = Of(FieldType.HouseholdCode);
        Serial = Of("seq");
        Keys = [.. feed.KeyFields.Select(Of).Where(i => i >= 0 && !feed.Fields[i].MayBeEmpty)];
        Codes = [.. feed.Fields.Select((f, i) => (f.Type, i)).Where(f => f.Type is FieldType.HouseholdCode or FieldType.MemberCode).Select(f => f.i).Union(Keys)];
        NeedsPerson = Name >= 0 && Number >= 0 && (feed.Fields[Name].Required || feed.Matching == FeedMatching.Household);
    }

    public FeedDefinition Feed { get; }
    public int Name { get; }
    public int Number { get; }
    public int Birth { get; }
    public int Village { get; }
    public int Town { get; }
    public int Household { get; }

    /// <summary>序号: numbers the lines of the sheet and says nothing about anybody.</summary>
    public int Serial { get; }

    /// <summary>Key fields that have to be filled.</summary>
    public IReadOnlyList<int> Keys { get; }

    /// <summary>Fields that name a record: a total or a note has none of them.</summary>
    public IReadOnlyList<int> Codes { get; }

    /// <summary>A row is about a person, so it has to have a name or a number.</summary>
    public bool NeedsPerson { get; }

    private int Of(string name) => Feed.Fields.ToList().FindIndex(f => f.Name == name);

    private int Of(FieldType type) => Feed.Fields.ToList().FindIndex(f => f.Type == type);
}
