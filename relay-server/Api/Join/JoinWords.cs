using System.Collections.Immutable;

namespace AV1Relay.Api.Join;

/// <summary>The 512 words of pupils' codes: friendly, easily spelled and read at nine years, and none sounds like another.</summary>
internal static class JoinWords
{
    private const string Text = """
        acorn album almond amber anchor ankle apple apron arrow artist atlas attic autumn avocado badge badger bagel baker
        bamboo banana banjo banner barn basil basket beak beaker beaver bench bicycle birch biscuit bison blanket blossom blouse
        bonfire bonnet bookcase boot bottle bowl bracket bramble branch brick bridge brook brush bubble bucket buckle buffalo
        bugle bulb bundle bunny burger butter button cabbage cabin cactus cake camel camera canal candle canoe canyon captain
        caramel cargo carpet cartoon castle cave cedar chalk cheese cherry chess chestnut chicken chimney chipmunk circus city
        clay cliff clock cloud clover coach coast cobweb coconut coffee comet compass concert cookie copper corner cotton cradle
        crayon cricket crocus crown crumpet crystal cuckoo cupcake curtain cushion custard dancer denim desk diamond dinner
        dolphin domino donkey dragon drawer dream drum duck dustpan eagle earth easel echo eclipse elbow elephant elm emerald
        engine evening express fabric falcon family farmer feast feather fern ferry festival fiddle field finger flag flame
        flamingo flipper flute foam forest fossil fountain fox friend frog frost fruit fudge galaxy garden garlic gecko giant
        ginger giraffe glitter globe glove goat goldfish gondola goose granite grape grass gravel grocer guitar hammer hammock
        hamster handle harbour harvest hazel hedge hedgehog helmet heron hiker hill hippo hobby holiday honey hopper hotel
        huddle iceberg igloo iguana indigo island ivory jacket jaguar jasmine jelly jigsaw jockey jogger journal juggler juice
        jumper jungle kangaroo kayak kennel kettle kingdom kite kitten kiwi koala ladder ladybird lake lamp lantern laptop
        lavender leaf leather lemon lemur lentil leopard lettuce library lilac lily lime lion lizard lobster locket lotus lunch
        magic magnet magpie mammoth mango maple marble market marsh mask meadow melody melon mermaid midnight milk mirror mitten
        model mole monkey moon mosaic moth mountain mouse muffin mug museum mushroom music napkin nature nectar needle nephew
        nest noodle notebook nugget nutmeg oasis oatmeal ocean octopus olive onion orange orbit orchard organ ostrich otter oven
        owl oyster paddle paint palm pancake panther paper parade parrot parsley parsnip party pasta pastry path peacock peanut
        pebble pelican pencil penguin pepper petal piano pickle picnic pigeon pillow pilot pine pineapple pirate pizza planet
        plaster pocket poem polar pond pony popcorn poppy porridge postcard potato potter present puddle puffin pulley pumpkin
        puppet purple puzzle pyramid quilt rabbit radish raft rainbow ranger raven recipe reef ribbon river robin rocket roof
        rooster rope ruby rucksack rugby saddle sailor salad salmon sand sandal satchel sausage scarf school scooter seagull
        season shadow shark shelf shell shoulder shower silver singer sketch skipper slipper smile snail snow soap soccer sofa
        sparrow spider spinach spiral splash sponge spoon spring squash squirrel stable stamp starfish station statue stone
        stork storm street string studio summer sunset surfer swallow swan sweater swing table tablet tadpole talent tango
        teacup teapot temple tennis tent theatre thistle thunder ticket tiger timber toast toffee tomato topaz torch tortoise
        toucan towel tower tractor trumpet tulip tunnel turnip turtle tweed twig umbrella uncle unicorn valley vanilla velvet
        village violet violin volcano voyage waffle wagon walnut walrus wardrobe waterfall whisker whistle willow window winter
        wizard wolf wombat wonder woodland yellow yoga zebra zipper
        """;

    public static ImmutableArray<string> All { get; } = [.. Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
